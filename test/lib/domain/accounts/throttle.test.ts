import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addressBlock, type Count, take } from '#lib/domain/accounts/throttle.ts'

const limit = { attempts: 5, windowMs: 60_000 }
const at = (milliseconds: number) => new Date(Date.UTC(2026, 10, 22) + milliseconds)

describe('counting guesses', () => {
  test('allows as many as the limit in one window, and the next ones in the next', () => {
    let count: Count = { failures: 0, windowStartedAt: at(0) }
    for (let guess = 1; guess <= limit.attempts; guess += 1) {
      const next = take(count, limit, at(guess))
      expect(next).toEqual({ failures: guess, windowStartedAt: at(0) })
      count = next ?? count
    }
    expect(take(count, limit, at(59_999))).toBeNull()
    expect(take(count, limit, at(60_000))).toEqual({ failures: 1, windowStartedAt: at(60_000) })
  })

  test('keeps nobody out for longer than the window when the clock is put back by a day', () => {
    const full: Count = { failures: limit.attempts, windowStartedAt: at(0) }
    const yesterday = at(-24 * 60 * 60_000)
    expect(take(full, limit, yesterday)).toEqual({ failures: 1, windowStartedAt: yesterday })
    // Clocks of two processes that differ a little open no window anew.
    expect(take(full, limit, at(-1000))).toBeNull()
  })

  test('never lets more than twice the limit through in any stretch as long as the window', () => {
    const pauses = fc.array(fc.integer({ min: 0, max: 20_000 }), { maxLength: 80 })
    fc.assert(
      fc.property(pauses, (steps) => {
        let count: Count = { failures: 0, windowStartedAt: at(0) }
        let now = 0
        const allowed: number[] = []
        for (const step of steps) {
          now += step
          const next = take(count, limit, at(now))
          if (!next) continue
          allowed.push(now)
          count = next
        }
        for (const start of allowed) {
          const inside = allowed.filter((moment) => moment >= start && moment < start + limit.windowMs)
          expect(inside.length).toBeLessThanOrEqual(2 * limit.attempts)
        }
      }),
    )
  })

  test('whoever waits a whole window may always guess again', () => {
    fc.assert(
      fc.property(fc.nat(50), fc.nat(1_000_000), (failures, later) => {
        expect(take({ failures, windowStartedAt: at(0) }, limit, at(limit.windowMs + later))).not.toBeNull()
      }),
    )
  })
})

describe('the block of an address', () => {
  test.each([
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:DB8:1:2::9', '2001:db8:1:2::/64'],
    ['2001:0db8:0001:0002:0000:0000:0000:0001', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['[2001:db8::1]', '2001:db8:0:0::/64'],
    ['unknown', 'unknown'],
  ])('of %s is %s', (address, block) => {
    expect(addressBlock(address)).toBe(block)
  })

  test('is the same for every address of one /64', () => {
    const group = fc.integer({ min: 0, max: 0xffff }).map((value) => value.toString(16))
    const half = fc.tuple(group, group, group, group).map((groups) => groups.join(':'))
    fc.assert(
      fc.property(half, half, half, (network, one, other) => {
        expect(addressBlock(`${network}:${one}`)).toBe(addressBlock(`${network}:${other}`))
      }),
    )
  })
})
