import { setTimeout as pause } from 'node:timers/promises'
import type { FaultNewsroom } from './sockets-newsroom.ts'

const MB = 1024 * 1024

/**
 * The server’s memory while something goes on, in MB above what it was before. `resident`, `held`: at its peak, garbage
 * included; `least`: what was held at least once a third of the time was over, when garbage has been collected many times.
 */
export async function growthDuring(newsroom: FaultNewsroom, work: Promise<unknown>) {
  const before = await newsroom.memory()
  const resident: number[] = []
  const held: number[] = []
  let over = false
  const watched = work.finally(() => {
    over = true
  })
  watched.catch(() => {})
  while (!over) {
    const now = await newsroom.memory()
    resident.push(now.resident - before.resident)
    held.push(now.held - before.held)
    await pause(250)
  }
  await watched
  const megabytes = (bytes: number) => Math.round(bytes / MB)
  return {
    resident: megabytes(Math.max(...resident)),
    held: megabytes(Math.max(...held)),
    least: megabytes(Math.min(...held.slice(Math.floor(held.length / 3)))),
  }
}
