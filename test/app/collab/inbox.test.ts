import { describe, expect, test } from 'vitest'
import { type Clock, openInbox } from '#app/_collab/inbox.ts'

/** A clock that moves only when told to. */
function handClock() {
  let now = 0
  let timers: { at: number; run: () => void }[] = []
  const clock: Clock = {
    now: () => now,
    later: (run, ms) => {
      const timer = { at: now + ms, run }
      timers.push(timer)
      return () => {
        timers = timers.filter((other) => other !== timer)
      }
    },
  }
  const advance = (ms: number) => {
    now += ms
    const due = timers.filter((timer) => timer.at <= now)
    timers = timers.filter((timer) => timer.at > now)
    for (const timer of due) timer.run()
  }
  return { clock, advance, spend: (ms: number) => (now += ms) }
}

describe('what arrives from others', () => {
  test('the first arrival is let in at once, those right behind it together', () => {
    const { clock, advance } = handClock()
    const seen: string[][] = []
    const inbox = openInbox<string>((letters) => seen.push([...letters]), clock)
    inbox.push('a')
    inbox.push('b')
    inbox.push('c')
    expect(seen).toEqual([['a']])
    advance(16)
    expect(seen).toEqual([['a'], ['b', 'c']])
  })

  test('the dearer a delivery, the longer the next one waits, and never more than a quarter second', () => {
    const { clock, advance, spend } = handClock()
    let deliveries = 0
    const inbox = openInbox<string>(() => {
      deliveries += 1
      spend(deliveries === 1 ? 20 : 500)
    }, clock)
    inbox.push('a')
    inbox.push('b')
    advance(79)
    expect(deliveries).toBe(1)
    advance(1)
    expect(deliveries).toBe(2)
    inbox.push('c')
    advance(250)
    expect(deliveries).toBe(3)
  })

  test('a key of the person here goes first', () => {
    const { clock, advance } = handClock()
    const seen: string[] = []
    const inbox = openInbox<string>((letters) => seen.push(...letters), clock)
    inbox.noteOwnKey()
    inbox.push('a')
    expect(seen).toEqual([])
    advance(24)
    expect(seen).toEqual(['a'])
  })

  test('while somebody types here, others come in a few times a second', () => {
    const { clock, advance } = handClock()
    let deliveries = 0
    const inbox = openInbox<string>(() => {
      deliveries += 1
    }, clock)
    for (let at = 0; at < 600; at += 10) {
      if (at % 150 === 0) inbox.noteOwnKey()
      inbox.push('a')
      advance(10)
    }
    expect(deliveries).toBeGreaterThan(5)
    expect(deliveries).toBeLessThan(13)
  })

  test('a flush lets everything in before an answer is given, and only once', () => {
    const { clock, advance } = handClock()
    const seen: string[] = []
    const inbox = openInbox<string>((letters) => seen.push(...letters), clock)
    inbox.push('a')
    inbox.push('b')
    inbox.flush()
    advance(1_000)
    expect(seen).toEqual(['a', 'b'])
  })
})
