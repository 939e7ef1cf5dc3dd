import { setTimeout as sleep } from 'node:timers/promises'
import { openListener } from '../load/listener.ts'
import { rhythmOf } from '../load/rhythm.ts'
import { typeAll } from '../load/typing.ts'
import { openTypist } from '../load/typist.ts'
import { cpuSeconds } from '../processes.ts'
import { slopeOf } from '../statistics.ts'
import { DOCUMENTS, type Scenario } from './scenario.ts'

const MINUTES = { quick: 2, full: 30 }
const TABLES = 20
const PEOPLE = 3
const RATE = 2
/** Seconds that people stay with a text. Then they go on to the next: texts that only grew would look like a leak. */
const STAY = { quick: 10, full: 60 }

/** Half an hour of people who come, write, look in and leave: whether memory grows with time. */
export const soak: Scenario = {
  name: 'soak',
  of: ['pupitre', 'reference', 'leveldb', 'hocuspocus'],
  together: true,
  patience: (quick) => (quick ? 300 : 2400),
  async measure(server, { quick, say }) {
    const stay = quick ? STAY.quick : STAY.full
    const turns = ((quick ? MINUTES.quick : MINUTES.full) * 60) / stay
    const { count } = DOCUMENTS.many
    const samples: { hours: number; live: number; resident: number }[] = []
    const started = performance.now()
    const cpu = cpuSeconds(server.pids())
    let edits = 0
    for (let turn = 0; turn < turns; turn += 1) {
      const doors = Array.from({ length: TABLES }, (_, table) => server.door((turn * TABLES + table) % count))
      const places = await Promise.all(
        doors.flatMap((door, document) =>
          Array.from({ length: PEOPLE }, async (_, person) => {
            const part = turn + PEOPLE * document + person
            return { document, typist: await openTypist(door, { writer: server.writer, part }) }
          }),
        ),
      )
      const visiting = visitors(doors, stay * 1000)
      const sent = await typeAll(places, rhythmOf(places.length, RATE, stay, turn))
      edits += sent.edits.length
      await visiting
      for (const { typist } of places) typist.wire.close()
      const { live, resident } = await server.meter.memory()
      const hours = (performance.now() - started) / 3_600_000
      samples.push({ hours, live: live / 1e6, resident: resident / 1e6 })
      say(
        `${(hours * 60).toFixed(1)} min: ${(resident / 1e6).toFixed(0)} MB, ${(live / 1e6).toFixed(0)} MB live`,
      )
    }
    // The first third fills caches and pools that any server has.
    const settled = samples.slice(Math.floor(samples.length / 3))
    const live = slopeOf(settled.map(({ hours, live }) => [hours, live]))
    const resident = slopeOf(settled.map(({ hours, resident }) => [hours, resident]))
    const hours = (performance.now() - started) / 3_600_000
    return {
      minutes: hours * 60,
      edits,
      liveSlope: live.slope,
      liveNoise: live.noise,
      liveBeyondNoise: Math.max(0, live.slope - live.noise),
      residentSlope: resident.slope,
      residentNoise: resident.noise,
      cpuPercent: ((cpuSeconds(server.pids()) - cpu) / hours / 3600) * 100,
    }
  },
}

/** Somebody looks into each text, one after the other. */
async function visitors(doors: readonly Parameters<typeof openListener>[0][], ms: number): Promise<void> {
  for (const door of doors) {
    const wire = await openListener(door, () => {})
    await sleep(ms / doors.length / 2)
    wire.close()
    await sleep(ms / doors.length / 2 - 20)
  }
}
