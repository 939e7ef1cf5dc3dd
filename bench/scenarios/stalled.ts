import { setTimeout as sleep } from 'node:timers/promises'
import { openListener } from '../load/listener.ts'
import { rhythmOf } from '../load/rhythm.ts'
import { typeAll } from '../load/typing.ts'
import { openTypist, type Typist } from '../load/typist.ts'
import type { Wire } from '../wire/socket.ts'
import { DOCUMENTS, type Scenario } from './scenario.ts'

const SLEEPERS = 10
const READERS = 2
/** Four connections through which comes what thirty people type, with their carets: many small messages. */
const TYPISTS = 4
const RATE = 60
const PASTERS = 1
/** Characters of one paste; each takes the place of the one before, so that the document stays as it is. */
const PASTE = 20_000
/** Pastes a second of all: first the network’s own buffers have to be full, which take some 4 MB a reader. */
const LOAD = { quick: { perSecond: 60, seconds: 8 }, full: { perSecond: 25, seconds: 24 } }

/** Ten readers stop reading, as laptops that sleep do, while others write: what the server hoards for them. */
export const stalled: Scenario = {
  name: 'stalled',
  of: ['pupitre', 'reference', 'hocuspocus', 'relay'],
  together: true,
  patience: (quick) => (quick ? 45 : 100),
  async measure(server, { quick, say }) {
    const door = server.door(DOCUMENTS.stalled)
    const { perSecond, seconds } = quick ? LOAD.quick : LOAD.full
    const open = (length: number) => Promise.all(Array.from({ length }, () => openListener(door, () => {})))
    const readers = await open(READERS)
    const typists = await Promise.all(
      Array.from({ length: TYPISTS + PASTERS }, (_, part) =>
        openTypist(door, { writer: server.writer, part }),
      ),
    )
    const pasters = typists.splice(TYPISTS)
    const places = typists.map((typist) => ({ document: 0, typist }))
    const writeFor = (seconds: number) =>
      Promise.all([
        typeAll(places, rhythmOf(TYPISTS, RATE, seconds, seconds)),
        pasteFor(pasters, perSecond, seconds),
      ])
    const sleepers: Wire[] = []
    try {
      // The same load for as long, with everybody reading: what it takes of the machine is not the sleepers’ doing.
      const awake = await open(SLEEPERS)
      await writeFor(seconds)
      for (const wire of awake) wire.close()
      const before = await server.meter.memory()
      // They come only now: what they had read before would have made the network’s own buffers larger.
      sleepers.push(...(await open(SLEEPERS)))
      for (const sleeper of sleepers) sleeper.stall()
      await writeFor(seconds)
      const after = await server.meter.memory()
      for (const sleeper of sleepers) sleeper.resume()
      await sleep(1500)
      const codes = sleepers.flatMap((wire) => wire.ended()?.code ?? [])
      const healthy = readers.filter((wire) => wire.ended() === null).length
      const grown = { resident: mega(after.resident - before.resident), live: mega(after.live - before.live) }
      say(`${grown.resident.toFixed(0)} MB more, ${codes.length} dropped (${[...new Set(codes)].join(', ')})`)
      return { ...grown, dropped: codes.length, code: codes[0] ?? Number.NaN, healthy }
    } finally {
      for (const wire of [...readers, ...sleepers]) wire.close()
      for (const { wire } of [...typists, ...pasters]) wire.close()
    }
  },
}

const mega = (bytes: number) => bytes / 1e6

async function pasteFor(writers: readonly Typist[], perSecond: number, seconds: number): Promise<void> {
  const started = performance.now()
  for (let pasted = 0; pasted < perSecond * seconds; ) {
    const due = ((performance.now() - started) / 1000) * perSecond
    for (; pasted < due; pasted += 1) {
      writers[pasted % writers.length]?.paste(String.fromCharCode(97 + (pasted % 26)).repeat(PASTE))
    }
    await sleep(5)
  }
}
