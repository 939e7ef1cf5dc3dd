import { inTurns } from '../load/listener.ts'
import { type Ear, startRecording } from '../load/recording.ts'
import { rhythmOf } from '../load/rhythm.ts'
import { type Place, typeAll } from '../load/typing.ts'
import { openTypist } from '../load/typist.ts'
import { measureWindow } from '../load/window.ts'
import { DOCUMENTS, type Scenario } from './scenario.ts'

const PEOPLE = 3
/** Characters a second of each: of fifteen people who have a text open, one is writing. */
const RATE = 0.4

/** 500 documents with three people in each, who write now and then: a newsroom on a busy evening. */
export const many: Scenario = {
  name: 'many',
  of: ['pupitre', 'reference', 'leveldb', 'hocuspocus', 'relay'],
  together: false,
  patience: (quick) => (quick ? 40 : 90),
  async measure(server, { quick, round, profileTo, say }) {
    const recording = startRecording()
    const ears: Ear[] = []
    const { first, count } = DOCUMENTS.many
    const openings = Array.from({ length: count * PEOPLE }, (_, person) => async (): Promise<Place> => {
      const document = first + (person % count)
      const door = server.door(document)
      const onMessage = (message: Uint8Array) => recording.note(person, message)
      const typist = await openTypist(door, { writer: server.writer, part: person, onMessage })
      ears[person] = { document, door, client: typist.client }
      return { document, typist }
    })
    const places = await inTurns(openings)
    try {
      await typeAll(places, rhythmOf(places.length, RATE, quick ? 1 : 3, 99))
      const rhythm = rhythmOf(places.length, RATE, quick ? 3 : 15, round + 1)
      const file = profileTo && `${profileTo}.cpuprofile`
      const window = await measureWindow(server, places, rhythm, recording, ears, file)
      say(
        `p50 ${window.p50.toFixed(1)} ms, p99 ${window.p99.toFixed(1)} ms, server ${window.cpuPercent.toFixed(0)} %`,
      )
      return window
    } finally {
      for (const { typist } of places) typist.wire.close()
    }
  },
}
