import { expect, test } from 'vitest'
import { TokenBucket } from '#server/sync/wire/token-bucket.ts'

test('R9: a burst passes, what goes beyond it does not', () => {
  const bucket = new TokenBucket(10, 3, 0)
  expect([bucket.take(1, 0), bucket.take(2, 0), bucket.take(1, 0)]).toEqual([true, true, false])
})

test('R9: the steady rate passes for ever, and idleness saves up no more than a burst', () => {
  const bucket = new TokenBucket(10, 3, 0)
  for (let second = 0; second < 50; second += 1) {
    for (let part = 0; part < 10; part += 1) expect(bucket.take(1, second * 1000 + part * 100)).toBe(true)
  }
  expect(bucket.take(3, 1_000_000)).toBe(true)
  expect(bucket.take(1, 1_000_000)).toBe(false)
})
