import { startCrowd } from '../load/crowd.ts'
import { openListener } from '../load/listener.ts'
import { type Ear, startRecording } from '../load/recording.ts'
import { rhythmOf } from '../load/rhythm.ts'
import { typeAll } from '../load/typing.ts'
import { openTypist } from '../load/typist.ts'
import { measureWindow } from '../load/window.ts'
import type { Wire } from '../wire/socket.ts'
import { DOCUMENTS, type Figures, type Scenario } from './scenario.ts'

const WRITERS = 10
const RATE = 6
/** Listeners whose every message is kept and read, spread among all in the order of joining. */
const RECORDED = 50
const STEPS = { full: [100, 500, 1000, 1500, 2000, 3000, 4000], quick: [1000, 2000, 4000] }
/** The step of which the CPU and the percentiles are compared: measured even if a smaller one failed. */
const COMPARED = 1000
const LIMIT_MS = 100

/** One document, ten who write, more and more who listen: how many before the slowest hundredth waits too long. */
export const crowd: Scenario = {
  name: 'crowd',
  of: ['pupitre', 'reference', 'leveldb', 'hocuspocus', 'relay', 'floor', 'window'],
  together: false,
  patience: (quick) => (quick ? 60 : 240),
  async measure(server, { quick, profileTo, round, say }) {
    const door = server.door(DOCUMENTS.crowd)
    const steps = quick ? STEPS.quick : STEPS.full
    const recording = startRecording()
    const ears: Ear[] = []
    const wires: Wire[] = []
    const crowd = startCrowd()
    const figures: Record<string, number> = { listeners: 0 }
    try {
      const places = await Promise.all(
        Array.from({ length: WRITERS }, async (_, part) => ({
          document: 0,
          typist: await openTypist(door, { writer: server.writer, part }),
        })),
      )
      wires.push(...places.map(({ typist }) => typist.wire))
      let listening = 0
      let passing = true
      for (const step of steps) {
        const parts = listening === 0 ? RECORDED : 1
        for (let part = 0; part < parts; part += 1) {
          if (listening < RECORDED) {
            const listener = ears.push({ document: 0, door, client: null }) - 1
            wires.push(await openListener(door, (message) => recording.note(listener, message)))
          }
          // The recorded ones stand between the others: a server that goes through them in order is late for all.
          const share = Math.ceil(((step - ears.length) * (part + 1)) / parts) - (listening - ears.length)
          if (share > 0) await crowd.open(door, share)
          listening = Math.max(listening, ears.length) + Math.max(0, share)
        }
        await typeAll(places, rhythmOf(WRITERS, RATE, quick ? 0.5 : 2, 99))
        await crowd.begin()
        const seconds = quick ? 2 : 8
        const rhythm = rhythmOf(WRITERS, RATE, seconds, round + 1)
        const profile = step === COMPARED || step === steps.at(-1) ? profileTo : null
        const file = profile && `${profile}-${step}.cpuprofile`
        const window = await measureWindow(server, places, rhythm, recording, ears, file)
        const others = await crowd.count()
        // The whole crowd has to be served as the recorded ones are.
        const starved = others.gone > 0 || others.fewest < others.usual * 0.8
        const ok = window.p99 <= LIMIT_MS && window.missing === 0 && !starved
        say(
          `${step} listeners: p99 ${window.p99.toFixed(0)} ms, server ${window.cpuPercent.toFixed(0)} %, load ${window.loadPercent.toFixed(0)} + ${((others.cpuSeconds / seconds) * 100).toFixed(0)} %${ok ? '' : ', too many'}`,
        )
        passing &&= ok
        if (passing) figures.listeners = step
        if (step === COMPARED) Object.assign(figures, compared(window, others.cpuSeconds / seconds))
        figures[`p99At${step}`] = window.p99
        figures[`cpuPercentAt${step}`] = window.cpuPercent
        figures[`crowdLatenessAt${step}`] = others.lateness
        figures[`missingAt${step}`] = window.missing + (starved ? 1 : 0)
        if (!passing && step >= COMPARED) break
      }
      return figures
    } finally {
      for (const wire of wires) wire.close()
      await crowd.close()
    }
  },
}

function compared(window: Awaited<ReturnType<typeof measureWindow>>, crowdShare: number): Figures {
  const deliveries = window.edits * COMPARED
  return {
    p50: window.p50,
    p99: window.p99,
    cpuPercent: window.cpuPercent,
    cpuPerThousand: (window.cpuSeconds * 1000) / (deliveries / 1000),
    missing: window.missing,
    staleCarets: window.staleCarets,
    lateness: window.lateness,
    loadPercent: window.loadPercent + crowdShare * 100,
  }
}
