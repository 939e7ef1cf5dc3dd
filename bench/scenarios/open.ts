import { setTimeout as sleep } from 'node:timers/promises'
import type { Contender } from '../contenders/contender.ts'
import { join, keep, put, type Written, written } from '../load/documents.ts'
import { inTurns } from '../load/listener.ts'
import type { Wire } from '../wire/socket.ts'
import { DOCUMENTS, type Scenario } from './scenario.ts'

/** With all that was taken away again, and where, it weighs 28 kB: what the table of targets calls 20 kB. */
const LENGTH = 12_500
/** Opened and closed before the first look, so that code and pools that any use needs are not counted. */
const WARM_UP = 10
/** A server closes what is left in its own time. */
const LEAVING_MS = 3000

const stored = new WeakSet<Contender>()

/** Drafts of 12,500 characters, each open in one page: what each costs in memory, and what stays when all have left. */
export const open: Scenario = {
  name: 'open',
  of: ['pupitre', 'reference', 'leveldb', 'hocuspocus'],
  together: true,
  patience: (quick) => (quick ? 60 : 180),
  async measure(server, { quick, say }) {
    const count = quick ? 100 : 300
    const text = written(LENGTH)
    const { first } = DOCUMENTS.open
    const places = Array.from({ length: count + WARM_UP }, (_, index) => server.door(first + index))
    if (server.stores && !stored.has(server)) {
      await inTurns(
        places.map((door) => () => keep(door, text)),
        5,
      )
      stored.add(server)
      await sleep(1000)
    }
    // A process that has just begun: what it held before would hide what it takes now.
    await server.restart()
    const enter = (doors: typeof places) => inTurns(doors.map((door) => () => openOne(server, door, text)))
    for (const wire of await enter(places.slice(count))) wire.close()
    await sleep(500)
    const before = await server.meter.memory()
    const wires = await enter(places.slice(0, count))
    await sleep(1000)
    const held = await server.meter.memory()
    for (const wire of wires) wire.close()
    const perDocument = (what: 'live' | 'resident') => (held[what] - before[what]) / count / 1000
    say(`${perDocument('resident').toFixed(0)} kB resident, ${perDocument('live').toFixed(0)} kB live`)
    const figures = { resident: perDocument('resident'), live: perDocument('live') }
    if (quick) return { ...figures, leftResident: Number.NaN, leftLive: Number.NaN }
    await sleep(server.idleAfter + LEAVING_MS)
    const after = await server.meter.memory()
    const left = (what: 'live' | 'resident') => (after[what] - before[what]) / 1e6
    return { ...figures, leftResident: left('resident'), leftLive: left('live') }
  },
}

async function openOne(server: Contender, door: Parameters<typeof put>[0], text: Written): Promise<Wire> {
  if (!server.stores) return put(door, text)
  const { wire } = await join(door, text)
  return wire
}
