import { DEFAULT_LIMITS } from '#server/sync/limits.ts'
import { openNewsroom } from '../pupitre.ts'
import type { Contender } from './contender.ts'
import { createMeter } from './meter.ts'

/** Pupitre as it ships, with that many short drafts. */
export async function startPupitre(documents: number): Promise<Contender> {
  const meter = createMeter()
  const texts = Array.from({ length: documents }, (_, index) => `Essai ${index}`)
  const newsroom = await openNewsroom({ texts, people: ['Banc'], env: meter.env })
  const [member] = newsroom.members
  if (!member) throw new Error('nobody is signed in')
  return {
    name: 'pupitre',
    title: 'Pupitre, committed',
    keeps: true,
    stores: true,
    acknowledges: 'durable',
    writer: member.writer,
    meter,
    idleAfter: DEFAULT_LIMITS.idleAfter,
    pids: newsroom.pids,
    door(index) {
      const door = newsroom.door(newsroom.drafts[index] ?? '', member)
      return { ...door, addressed: null, relay: false }
    },
    restart: newsroom.restart,
    kill: () => newsroom.kill(true),
    stop: newsroom.dispose,
  }
}
