import type { VolunteerId } from '#lib/domain/ids.ts'
import type { Role } from '#lib/domain/permissions.ts'
import type { Facts } from '#lib/domain/review/machine.ts'
import type { Verdict, VerdictKind } from '#lib/domain/review/verdict.ts'

/** People are called by one letter. */
export const person = (letter: string) => letter as VolunteerId

export const verdict = (
  by: string,
  kind: VerdictKind = 'approve',
  { hash = 'now', role = 'editor' }: { hash?: string; role?: Role | null } = {},
): Verdict => ({ by: person(by), kind, hash, role })

/** A text `now` that A wrote, for which one other person is enough, and which nobody has judged. */
export const facts = (differing: Partial<Facts> = {}): Facts => ({
  hash: 'now',
  mode: 'one',
  writers: [person('A')],
  verdicts: [],
  published: null,
  ...differing,
})
