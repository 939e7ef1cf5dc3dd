import * as argon2 from '@node-rs/argon2'
import { expect, test, vi } from 'vitest'
import { hashPassword, isOutdated, verifyPassword } from '#server/volunteers/password-hash.ts'

vi.mock('@node-rs/argon2', async (original) => {
  const real = await original<typeof argon2>()
  return { ...real, verify: vi.fn(real.verify) }
})

const PASSWORD = 'quatre chevaux verts'

test('a password is kept as argon2id with OWASP’s parameters, salted', async () => {
  const [one, other] = await Promise.all([hashPassword(PASSWORD), hashPassword(PASSWORD)])
  expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  expect(one).not.toBe(other)
  expect([isOutdated(one), isOutdated('$argon2id$v=19$m=4096,t=1,p=1$x$y')]).toEqual([false, true])
})

test('the right password is right however its accents were typed, and only that one', async () => {
  const kept = await hashPassword('élan d’été à vélo')
  expect(await verifyPassword(kept, 'e\u0301lan d’e\u0301te\u0301 a\u0300 ve\u0301lo')).toBe(true)
  expect(await verifyPassword(kept, 'elan d’ete a velo')).toBe(false)
  expect(await verifyPassword(kept, '')).toBe(false)
})

test('nobody’s password costs the same work as somebody’s, and is never right', async () => {
  const verify = vi.mocked(argon2.verify)
  for (const password of [PASSWORD, '']) {
    verify.mockClear()
    expect(await verifyPassword(null, password)).toBe(false)
    expect(verify).toHaveBeenCalledTimes(1)
    expect(isOutdated(String(verify.mock.calls[0]?.[0]))).toBe(false)
  }
})

test('a stranger cannot make the server hash a megabyte', async () => {
  const verify = vi.mocked(argon2.verify)
  verify.mockClear()
  expect(await verifyPassword(await hashPassword(''), 'a'.repeat(1_000_000))).toBe(false)
  expect(verify.mock.calls[0]?.[1]).toBe('')
})
