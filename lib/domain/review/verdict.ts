import type { VolunteerId } from '../ids.ts'
import { can, type Role } from '../permissions.ts'

/** `override`: a coordinator approved alone, in an emergency, with a reason; it stays marked as that for ever. */
export type VerdictKind = 'approve' | 'changes' | 'override'

/** A verdict that was not taken back. */
export type Verdict = {
  readonly by: VolunteerId
  readonly kind: VerdictKind
  /** `textHash` of exactly what they judged. */
  readonly hash: string
  /** What they are now; null: suspended. */
  readonly role: Role | null
}

/**
 * A verdict counts for exactly the text it was given on, and as long as whoever gave it could give it today: the
 * approvals of somebody suspended hold nothing up that is not out yet, nor do their requests.
 */
export function counts(verdict: Verdict, hash: string): boolean {
  if (verdict.hash !== hash || verdict.role === null) return false
  const who = { volunteerId: verdict.by, role: verdict.role }
  return can(who, verdict.kind === 'override' ? 'review.override' : 'review.judge', { archived: false })
}
