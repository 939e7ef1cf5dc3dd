import { setTimeout as sleep } from 'node:timers/promises'
import * as Y from 'yjs'
import type { Contender } from '../contenders/contender.ts'
import { readAll } from '../load/documents.ts'
import { openListener } from '../load/listener.ts'
import { editsIn } from '../load/recording.ts'
import { rhythmOf } from '../load/rhythm.ts'
import { typeAll } from '../load/typing.ts'
import { type EditId, openTypist } from '../load/typist.ts'
import { median } from '../statistics.ts'
import { tongueOf } from '../wire/messages.ts'
import { DOCUMENTS, type Scenario } from './scenario.ts'

const WRITERS = 10
const RATE = 5
/** Seconds of writing before the end comes: servers that save now and then are met at different moments of it. */
const LIVES = { quick: [5], full: [7, 9.5, 12] }

type Loss = {
  readonly edits: number
  /** Edits that somebody else had received, and those of them that no one will ever see again. */
  readonly seen: number
  readonly seenLost: number
  /** Edits of which the server had said that it has them. */
  readonly acknowledged: number
  readonly acknowledgedLost: number
  /** Seconds before the end from which on something is missing. */
  readonly span: number
}

/** `kill -9` in the midst of fifty edits a second: what was on other people’s screens, and is gone. */
export const kill: Scenario = {
  name: 'kill',
  of: ['pupitre', 'reference', 'leveldb', 'hocuspocus'],
  together: true,
  patience: (quick) => (quick ? 40 : 150),
  async measure(server, { quick, round, say }) {
    const losses: Loss[] = []
    for (const [index, seconds] of (quick ? LIVES.quick : LIVES.full).entries()) {
      losses.push(await killOnce(server, seconds + round * 0.7, 10 * round + index))
    }
    const sum = (pick: (loss: Loss) => number) => losses.reduce((total, loss) => total + pick(loss), 0)
    const none = server.acknowledges === null
    const figures = {
      edits: sum(({ edits }) => edits),
      seen: sum(({ seen }) => seen),
      seenLost: sum(({ seenLost }) => seenLost),
      acknowledged: none ? Number.NaN : sum(({ acknowledged }) => acknowledged),
      acknowledgedLost: none ? Number.NaN : sum(({ acknowledgedLost }) => acknowledgedLost),
      span: median(losses.map(({ span }) => span)),
    }
    say(`lost ${figures.seenLost} of ${figures.seen} that others had seen`)
    return figures
  },
}

async function killOnce(server: Contender, seconds: number, seed: number): Promise<Loss> {
  const door = server.door(DOCUMENTS.killed)
  const tongue = tongueOf(door)
  const received: Uint8Array[] = []
  const observer = await openListener(door, (message) => received.push(Uint8Array.from(message)))
  const asks = server.acknowledges === 'durable'
  const places = await Promise.all(
    Array.from({ length: WRITERS }, async (_, part) => ({
      document: 0,
      typist: await openTypist(door, { writer: server.writer, part, asks }),
    })),
  )
  let alive = true
  const ending = sleep(seconds * 1000).then(() => {
    alive = false
    return server.kill()
  })
  const sent = await typeAll(places, rhythmOf(WRITERS, RATE, seconds + 1, seed), () => alive)
  await ending
  const killedAt = performance.now()
  // What the network still held arrives.
  await sleep(200)
  observer.close()
  for (const { typist } of places) typist.wire.close()

  await server.restart()
  const survived = survivalIn(await readAll(door))
  const seen = new Set(
    received.flatMap((message) => {
      const heard = tongue.read(message)
      return heard.type === 'update' ? editsIn(heard.update) : []
    }),
  )
  const acknowledged = new Set(
    places.flatMap(({ typist }) => {
      const own = sent.edits.filter(({ id }) => id.startsWith(`${typist.client}:`))
      return own.slice(0, typist.acknowledged()).map(({ id }) => id)
    }),
  )
  const lost = sent.edits.filter(({ id }) => !survived(id))
  const lostSeen = lost.filter(({ id }) => seen.has(id))
  return {
    edits: sent.edits.length,
    seen: sent.edits.filter(({ id }) => seen.has(id)).length,
    seenLost: lostSeen.length,
    acknowledged: acknowledged.size,
    acknowledgedLost: lost.filter(({ id }) => acknowledged.has(id)).length,
    span: lostSeen[0] ? (killedAt - lostSeen[0].sentAt) / 1000 : 0,
  }
}

/** @returns whether a document still knows of an edit: it holds the character, or that it was taken away */
function survivalIn(doc: Y.Doc): (edit: EditId) => boolean {
  const gone = Y.createDeleteSetFromStructStore(doc.store)
  return (edit) => {
    const [client = Number.NaN, clock = Number.NaN] = edit.split(/[:-]/).map(Number)
    const here = clock < Y.getState(doc.store, client)
    return edit.endsWith('-') ? here && Y.isDeleted(gone, Y.createID(client, clock)) : here
  }
}
