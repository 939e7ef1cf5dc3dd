import type { VolunteerId } from '../ids.ts'
import type { ReviewMode } from './settings.ts'
import { counts, type Verdict } from './verdict.ts'

/** A text, and all that says whether it counts as approved. */
export type Judged = {
  readonly hash: string
  readonly mode: ReviewMode
  /** Who wrote what nobody has approved yet. */
  readonly writers: readonly VolunteerId[]
  /** Those that were not taken back, on this text and on others, oldest first. */
  readonly verdicts: readonly Verdict[]
}

/** What is missing. `another`: somebody other than `than` must approve, who wrote in it and approved it too. */
export type Gap =
  | { readonly kind: 'approvals'; readonly count: number }
  | { readonly kind: 'another'; readonly than: VolunteerId }
  | { readonly kind: 'coordinator' }

/** How many people have to approve, and whether only coordinators count. */
const NEEDED: { readonly [M in ReviewMode]: { readonly people: number; readonly coordinators: boolean } } = {
  none: { people: 0, coordinators: false },
  one: { people: 1, coordinators: false },
  two: { people: 2, coordinators: false },
  coordinator: { people: 1, coordinators: true },
}

function approversOf({ hash, mode, verdicts }: Judged): ReadonlySet<VolunteerId> {
  const approvals = verdicts.filter((verdict) => verdict.kind === 'approve' && counts(verdict, hash))
  const enough = NEEDED[mode].coordinators
    ? approvals.filter(({ role }) => role === 'coordinator')
    : approvals
  return new Set(enough.map(({ by }) => by))
}

/** What the rules still ask for; a request for changes and an emergency are no part of it. */
export function gaps(text: Judged): readonly Gap[] {
  const { people, coordinators } = NEEDED[text.mode]
  const approvers = approversOf(text)
  const missing = people - approvers.size
  // Of every passage: whoever wrote it is not one of those who approve it.
  const alone = [...new Set(text.writers)].filter((by) => approvers.has(by) && approvers.size - 1 < people)
  const another = alone.map((than): Gap => ({ kind: 'another', than }))
  if (missing <= 0) return another
  return [coordinators ? { kind: 'coordinator' } : { kind: 'approvals', count: missing }, ...another]
}

const lastOf = ({ hash, verdicts }: Judged, kind: Verdict['kind']): number =>
  verdicts.findLastIndex((verdict) => verdict.kind === kind && counts(verdict, hash))

/** Somebody wants exactly this text changed; an emergency that was decided after that goes before it. */
export const isBlocked = (text: Judged): boolean => lastOf(text, 'changes') > lastOf(text, 'override')

const isOverridden = (text: Judged): boolean => lastOf(text, 'override') >= 0

/** It may go out. */
export const isClear = (text: Judged): boolean =>
  !isBlocked(text) && (isOverridden(text) || gaps(text).length === 0)

/** It may go out, and somebody said so: where nobody has to approve, silence is no approval. */
export const isApproved = (text: Judged): boolean =>
  isClear(text) && (isOverridden(text) || lastOf(text, 'approve') >= 0)
