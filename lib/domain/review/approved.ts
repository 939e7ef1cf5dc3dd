import type { RevisionId, VolunteerId } from '../ids.ts'
import type { Role } from '../permissions.ts'
import { gaps } from './approval.ts'
import type { ReviewMode } from './settings.ts'
import type { Verdict } from './verdict.ts'

/** A revision that counted as approved when it was, or that went out. */
export type ApprovedRevision = {
  readonly id: RevisionId
  readonly hash: string
  /** Position in the log of the document: whoever wrote after it is asked with this. */
  readonly seq: number
  /** Who had written what was not approved before. */
  readonly writers: readonly VolunteerId[]
  /** The approved revision from which on they were counted; null: from the first word. */
  readonly since: RevisionId | null
  readonly published: boolean
}

/** With what its author was when they gave it. */
export type DatedVerdict = Verdict & { readonly roleThen: Role }

export type Approvals = {
  readonly mode: ReviewMode
  /** Oldest first. */
  readonly verdicts: readonly DatedVerdict[]
  /** Oldest first. */
  readonly revisions: readonly ApprovedRevision[]
}

/**
 * From where on somebody’s writing is not approved yet. `writers`: the text is one that was approved, and those are
 * whom it was approved for. `since`: whoever wrote after that revision; null: whoever ever wrote.
 */
export type WritersFrom =
  | { readonly from: 'revision'; readonly revision: ApprovedRevision }
  | { readonly from: 'later'; readonly revision: ApprovedRevision }
  | { readonly from: 'start' }

/**
 * Who wrote what is not approved yet is counted from the newest revision that still stands: one whose approvals are
 * enough by the rules of today, as is the one that it was counted from itself, and so on to the first word. Thus an
 * approval that falls (taken back, its author suspended) brings back every passage that leaned on it. What was
 * published keeps the approvals of people who have been suspended since, and so does all that it leans on. An emergency approves one exact text and
 * nothing that is written on top of it: nobody else has read it.
 */
export function writersFrom(hash: string, approvals: Approvals): WritersFrom {
  const standing = standingOf(approvals)
  const same = standing.findLast((revision) => revision.hash === hash)
  if (same) return { from: 'revision', revision: same }
  const newest = standing.toSorted((one, other) => one.seq - other.seq).at(-1)
  return newest ? { from: 'later', revision: newest } : { from: 'start' }
}

function standingOf({ mode, verdicts, revisions }: Approvals): readonly ApprovedRevision[] {
  const then = verdicts.map((verdict) => ({ ...verdict, role: verdict.roleThen }))
  const byId = new Map(revisions.map((revision) => [revision.id, revision]))
  const seen = new Set<RevisionId>()
  /** @param isOut it went out, or what is counted from it did */
  const stands = (revision: ApprovedRevision, isOut: boolean): boolean => {
    const { id, hash, writers, since } = revision
    // Nothing is counted from itself; rows that say so are no ground to stand on.
    if (seen.has(id)) return false
    if (gaps({ hash, writers, mode, verdicts: isOut ? then : verdicts }).length > 0) return false
    if (since === null) return true
    const base = byId.get(since)
    seen.add(id)
    const held = base !== undefined && stands(base, isOut || base.published)
    seen.delete(id)
    return held
  }
  return revisions.filter((revision) => stands(revision, revision.published))
}
