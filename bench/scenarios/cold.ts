import { setTimeout as sleep } from 'node:timers/promises'
import type { Contender } from '../contenders/contender.ts'
import { join, keep, written } from '../load/documents.ts'
import { median } from '../statistics.ts'
import { DOCUMENTS, type Scenario } from './scenario.ts'

const stored = new WeakSet<Contender>()

/** After a restart: drafts of 2,000 characters that nobody has open, and one with a long past. */
export const cold: Scenario = {
  name: 'cold',
  of: ['pupitre', 'leveldb', 'hocuspocus'],
  together: false,
  patience: (quick) => (quick ? 45 : 90),
  async measure(server, { say }) {
    const draft = written(2000)
    const long = written()
    const { first, count } = DOCUMENTS.drafts
    if (!stored.has(server)) {
      // First, and with some time: Pupitre writes its history down, and would have it open again after the restart.
      await keep(server.door(DOCUMENTS.long), long)
      await sleep(1500)
      for (let index = 0; index < count; index += 1) await keep(server.door(first + index), draft)
      stored.add(server)
      await sleep(1000)
    }
    await server.restart()
    const waits: number[] = []
    for (let index = 0; index < count; index += 1) {
      const { wire, arrived } = await join(server.door(first + index), draft)
      waits.push(arrived)
      wire.close()
    }
    const opened = await join(server.door(DOCUMENTS.long), long)
    // What is sent a second time comes after the first.
    await sleep(300)
    opened.wire.close()
    const timesSent = opened.bytes() / long.update.length
    say(`draft ${median(waits).toFixed(1)} ms, long document ${opened.arrived.toFixed(0)} ms`)
    return {
      draft: median(waits),
      first: waits[0] ?? Number.NaN,
      long: opened.arrived,
      longKilobytes: opened.bytes() / 1000,
      timesSent,
    }
  },
}
