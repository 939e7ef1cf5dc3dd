/**
 * How often somebody may guess.
 *
 * A guess is counted before it is checked and given back when it was right, so that a thousand guesses sent at
 * once are a thousand counts. A sign-in is held against three counters:
 *
 * - this account from this address: what a person who forgot a password meets;
 * - this address, whatever the account: one machine that tries a list of people;
 * - this account, whatever the address: many machines that try one person.
 *
 * The third would let a stranger lock somebody out by guessing wrong on purpose. So an address from which the
 * account has signed in before is not held against it: there only the first two count, and those a stranger
 * elsewhere cannot fill. A refused guess counts nowhere, so no counter can be kept full for longer than its
 * window by whoever is already refused.
 */
export type Limit = {
  /** Guesses that may be made in one window. */
  readonly attempts: number
  readonly windowMs: number
}

const MINUTE = 60_000

export const LIMITS = {
  accountAtAddress: { attempts: 10, windowMs: 15 * MINUTE },
  address: { attempts: 60, windowMs: 15 * MINUTE },
  account: { attempts: 50, windowMs: 60 * MINUTE },
  setUp: { attempts: 10, windowMs: 15 * MINUTE },
  invitation: { attempts: 20, windowMs: 15 * MINUTE },
  password: { attempts: 10, windowMs: 15 * MINUTE },
} as const satisfies Record<string, Limit>

/** How long an address stays known to an account after a sign-in from it. */
export const KNOWN_ADDRESS_MS = 90 * 24 * 60 * MINUTE

export type Count = { readonly failures: number; readonly windowStartedAt: Date }

/** @returns the counter with one more guess in it, or null where the guess may not be made now */
export function take(count: Count, limit: Limit, now: Date): Count | null {
  // A window of the future is one of a clock that has been put back: it must not lock anybody out until then.
  const over = Math.abs(now.getTime() - count.windowStartedAt.getTime()) >= limit.windowMs
  if (over) return { failures: 1, windowStartedAt: now }
  if (count.failures >= limit.attempts) return null
  return { ...count, failures: count.failures + 1 }
}

/**
 * The part of an address that one household or office holds: an IPv4 address whole, an IPv6 one up to its /64
 * (the rest is anybody's to choose who has one). What is not an address is kept as it is: one counter for all.
 */
export function addressBlock(address: string): string {
  const bare = address
    .trim()
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/%.*$/, '')
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(bare)?.[1]
  if (mapped) return mapped
  if (!bare.includes(':')) return bare
  const [head = '', tail] = bare.split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length)
  const groups = [...left, ...Array<string>(zeros).fill('0'), ...right].slice(0, 4)
  return `${groups.map((group) => group.replace(/^0+(?=.)/, '')).join(':')}::/64`
}
