import { setTimeout as pause } from 'node:timers/promises'
import { expect } from 'vitest'
import { long } from './length.ts'
import type { FaultNewsroom } from './sockets-newsroom.ts'
import { Typist } from './typist.ts'

/** Milliseconds between two marks, and for which the two write before anything happens. */
const TYPING = 40
const BEFORE = long ? 4000 : 400
/** How long they may take to have the same text, on the slowest machine. */
const PATIENCE = 120_000
/** Milliseconds that others may wait more than before the attack, at the 99th percentile. */
const ALLOWANCE = 250

const p99Of = (waits: readonly number[]) =>
  waits.toSorted((one, other) => one - other)[Math.floor(waits.length * 0.99)] ?? 0

/** Two who write to each other, and whom nothing that others do may hold up. */
export async function openOthers(newsroom: FaultNewsroom, draft: number) {
  const [one, two] = [
    await Typist.open(newsroom.draftDoor(draft, 'ada')),
    await Typist.open(newsroom.draftDoor(draft, 'bo')),
  ]
  let waits: number[] = []
  const marks: number[] = []
  const typing = setInterval(() => {
    marks.push(newsroom.nextMark())
    const [from, to] = marks.length % 2 === 0 ? [one, two] : [two, one]
    from.type(marks.at(-1) ?? 0, to, (wait) => waits.push(wait))
  }, TYPING)
  await pause(BEFORE)
  const before = p99Of(waits)
  waits = []
  return {
    /**
     * Stops, and asserts that both have one and the same text, all of it; at full length also that they waited no longer
     * than before, but for an allowance: nothing that depends on the machine is asserted in the test suite.
     */
    end: async () => {
      clearInterval(typing)
      const deadline = performance.now() + PATIENCE
      const equal = () => one.text() === two.text() && marks.every((mark) => one.text().includes(`«${mark}»`))
      while (!equal() && performance.now() < deadline) await pause(20)
      expect([one.closedWith, two.closedWith]).toEqual([null, null])
      expect(one.text()).toBe(two.text())
      expect(marks.filter((mark) => !one.text().includes(`«${mark}»`))).toEqual([])
      one.close()
      two.close()
      const p99 = p99Of(waits)
      if (long) expect(p99).toBeLessThanOrEqual(2 * before + ALLOWANCE)
      return {
        count: marks.length,
        before: Math.round(before),
        p99: Math.round(p99),
        longest: Math.round(Math.max(0, ...waits)),
      }
    },
  }
}
