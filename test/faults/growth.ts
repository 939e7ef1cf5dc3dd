import { setTimeout as pause } from 'node:timers/promises'
import type { FaultNewsroom } from './sockets-newsroom.ts'

const MB = 1024 * 1024

/** Peak of the server’s memory while something goes on, in MB above what it was before. */
export async function growthDuring(newsroom: FaultNewsroom, work: Promise<unknown>) {
  const before = await newsroom.memory()
  const grown = { resident: 0, held: 0 }
  let over = false
  const watched = work.finally(() => {
    over = true
  })
  watched.catch(() => {})
  while (!over) {
    const now = await newsroom.memory()
    grown.resident = Math.max(grown.resident, now.resident - before.resident)
    grown.held = Math.max(grown.held, now.held - before.held)
    await pause(250)
  }
  await watched
  return { resident: Math.round(grown.resident / MB), held: Math.round(grown.held / MB) }
}
