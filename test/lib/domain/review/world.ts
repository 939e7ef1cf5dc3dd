import type { RevisionId, VolunteerId } from '#lib/domain/ids.ts'
import type { Role } from '#lib/domain/permissions.ts'
import * as approval from '#lib/domain/review/approval.ts'
import { type ApprovedRevision, type DatedVerdict, writersFrom } from '#lib/domain/review/approved.ts'
import * as machine from '#lib/domain/review/machine.ts'
import type { ReviewMode } from '#lib/domain/review/settings.ts'
import type { Stage } from '#lib/domain/review/stage.ts'
import type { VerdictKind } from '#lib/domain/review/verdict.ts'
import { person } from './facts.ts'

export const PEOPLE = ['A', 'B', 'C', 'D'] as const
export type Letter = (typeof PEOPLE)[number]

/** A word of the text as somebody put it there; put back by somebody else, it is the same word by another hand. */
type Passage = { readonly word: number; readonly by: Letter }

export type Deed =
  | { readonly type: 'write' | 'cut' | 'undo'; readonly by: Letter; readonly place: number }
  | { readonly type: 'role'; readonly by: Letter; readonly role: Role | null }
  | { readonly type: 'mode'; readonly mode: ReviewMode }
  | { readonly type: 'takeBack'; readonly by: Letter; readonly place: number }
  | { readonly type: 'archive' | 'restore' }
  | {
      readonly type:
        | 'start'
        | 'shelve'
        | 'ask'
        | 'withdraw'
        | 'approve'
        | 'requestChanges'
        | 'override'
        | 'schedule'
        | 'unschedule'
        | 'publish'
      readonly by: Letter
    }

/** A verdict as it happened: what the one who gave it had before them. */
type Given = {
  readonly by: Letter
  readonly kind: VerdictKind
  readonly hash: string
  readonly words: readonly Passage[]
  readonly roleThen: Role
  readonly at: number
  withdrawn: boolean
}

/** Everything that was ever put out, as it happened. */
type Publication = { readonly words: readonly Passage[]; readonly at: number }

/** A newsroom with one draft, whose rows are in memory; it asks the domain what server/review asks it. */
export class World {
  mode: ReviewMode
  readonly roles = new Map<Letter, Role | null>()
  words: readonly Passage[] = []
  readonly given: Given[] = []
  readonly out: Publication[] = []
  stage: Stage = 'idea'
  isArchived = false
  /** Some text has come back that had been left. */
  hasRecurred = false
  readonly #edits: { readonly by: Letter; readonly at: number }[] = []
  readonly #past: (readonly Passage[])[] = []
  #revisions: (ApprovedRevision & { at: number })[] = []
  #clock = 0

  constructor(mode: ReviewMode, roles: readonly Role[]) {
    this.mode = mode
    for (const [at, letter] of PEOPLE.entries()) this.roles.set(letter, roles[at] ?? 'editor')
  }

  get hash(): string {
    return hashOf(this.words)
  }

  /** @returns whether it was done */
  perform(deed: Deed): boolean {
    this.#clock += 1
    switch (deed.type) {
      case 'write':
      case 'cut':
      case 'undo':
        return this.#edit(deed)
      case 'role':
        this.roles.set(deed.by, deed.role)
        return this.#look()
      case 'mode':
        this.mode = deed.mode
        return this.#look()
      case 'archive':
      case 'restore':
        return this.#archive(deed.type === 'archive')
      case 'takeBack':
        return this.#takeBack(deed)
      default:
        return this.#decide(deed.type, deed.by)
    }
  }

  #edit({ type, by, place }: Extract<Deed, { place: number }>): boolean {
    if (this.isArchived) return false
    const before = this.words
    if (type === 'write') {
      const at = place % (before.length + 1)
      this.words = [...before.slice(0, at), { word: this.#clock, by }, ...before.slice(at)]
    } else if (type === 'cut') {
      this.words = before.filter((_, at) => at !== place % Math.max(before.length, 1))
    } else {
      const wanted = this.#past[place % Math.max(this.#past.length, 1)] ?? before
      // What is still there stays whose it is; what comes back is put there by whoever brings it back.
      this.words = wanted.map(({ word }) => before.find((one) => one.word === word) ?? { word, by })
    }
    if (this.#past.some((one) => hashOf(one) === this.hash)) this.hasRecurred = true
    this.#past.push(this.words)
    this.#edits.push({ by, at: this.#clock })
    return this.#look()
  }

  #archive(archived: boolean): boolean {
    if (this.isArchived === archived) return false
    this.isArchived = archived
    return archived || this.#look()
  }

  #verdicts(): readonly DatedVerdict[] {
    return this.given
      .filter((one) => !one.withdrawn)
      .map(({ by, kind, hash, roleThen }) => ({
        by: person(by),
        kind,
        hash,
        roleThen,
        role: this.roles.get(by) ?? null,
      }))
  }

  #standing() {
    const verdicts = this.#verdicts()
    const origin = writersFrom(this.hash, { mode: this.mode, verdicts, revisions: this.#revisions })
    const since = origin.from === 'start' ? null : origin.revision
    const later = this.#edits.filter(({ at }) => at > (since?.seq ?? 0)).map(({ by }) => person(by))
    const writers: readonly VolunteerId[] =
      origin.from === 'revision' ? origin.revision.writers : [...new Set(later)]
    const published = this.#revisions.findLast((one) => one.published)?.hash ?? null
    const facts: machine.Facts = { hash: this.hash, mode: this.mode, writers, verdicts, published }
    return { facts, since, isKnown: origin.from === 'revision' }
  }

  #state(facts: machine.Facts): machine.Live {
    return this.stage === 'published'
      ? { ...facts, stage: 'published', published: facts.published ?? '' }
      : { ...facts, stage: this.stage }
  }

  #look(): boolean {
    if (this.isArchived) return true
    const { facts } = this.#standing()
    const next = machine.step(this.#state(facts), { type: 'edited', now: facts })
    if (!next.ok || next.value.stage === 'archived') throw new Error('a look was refused')
    this.#become(next.value)
    return true
  }

  #become(to: machine.Live): void {
    this.stage = to.stage
    const { facts, since, isKnown } = this.#standing()
    const isHeld = to.stage === 'approved' || to.stage === 'scheduled'
    if (isHeld && approval.isApproved(to) && !isKnown) this.#keep(facts, since?.id ?? null, false)
  }

  #keep(facts: machine.Facts, since: RevisionId | null, published: boolean): void {
    const { hash, writers } = facts
    const id = `${published ? 'out' : 'approved'} ${hash}` as RevisionId
    const row = { id, hash, seq: this.#clock, writers, since, published, at: this.#clock }
    this.#revisions = [...this.#revisions.filter((one) => one.id !== id), row]
  }

  #decide(
    type: Exclude<
      Deed['type'],
      'write' | 'cut' | 'undo' | 'role' | 'mode' | 'takeBack' | 'archive' | 'restore'
    >,
    by: Letter,
  ): boolean {
    const role = this.roles.get(by) ?? null
    // Somebody suspended has no session; an archived draft is not asked about.
    if (role === null || this.isArchived) return false
    this.#look()
    const { facts, since, isKnown } = this.#standing()
    const command = { type, by: { volunteerId: person(by), role }, hash: this.hash }
    const next = machine.step(this.#state(facts), command)
    if (!next.ok || next.value.stage === 'archived') return false
    if (type === 'approve' || type === 'requestChanges' || type === 'override') this.#give(type, by, role)
    if (type === 'publish') {
      const same = isKnown ? this.#revisions.find(({ id }) => id === since?.id) : undefined
      this.#keep(facts, same ? same.since : (since?.id ?? null), true)
      this.out.push({ words: this.words, at: this.#clock })
    }
    this.#become(next.value)
    return true
  }

  #give(type: 'approve' | 'requestChanges' | 'override', by: Letter, roleThen: Role): void {
    const kind = type === 'requestChanges' ? 'changes' : type
    const { hash, words } = this
    for (const one of this.given)
      if (one.by === by && one.hash === hash && one.kind !== 'override') one.withdrawn = true
    this.given.push({ by, kind, hash, words, roleThen, at: this.#clock, withdrawn: false })
  }

  #takeBack({ by, place }: { by: Letter; place: number }): boolean {
    const role = this.roles.get(by) ?? null
    const own = this.given.filter((one) => one.by === by && !one.withdrawn)
    const verdict = own[place % Math.max(own.length, 1)]
    if (role === null || this.isArchived || !verdict) return false
    this.#look()
    const { facts } = this.#standing()
    const actor = { volunteerId: person(by), role }
    const next = machine.step(this.#state(facts), { type: 'takeBack', by: actor, hash: verdict.hash })
    if (!next.ok || next.value.stage === 'archived') return false
    const { hash } = verdict
    if (this.#revisions.some((one) => one.published && one.hash === hash)) return false
    for (const one of own) if (one.hash === hash && one.kind !== 'override') one.withdrawn = true
    const after = next.value
    const holds = ({ writers }: ApprovedRevision) => approval.isApproved({ ...after, hash, writers })
    const here = this.#revisions.filter((one) => one.hash === hash)
    if (!here.some(holds)) this.#revisions = this.#revisions.filter((one) => one.hash !== hash)
    this.#become(after)
    this.#look()
    return true
  }
}

const hashOf = (words: readonly Passage[]): string => words.map(({ word }) => word).join(' ')
