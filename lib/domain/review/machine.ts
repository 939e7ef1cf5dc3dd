import type { VolunteerId } from '../ids.ts'
import { can, type Who } from '../permissions.ts'
import { fail, ok, type Result } from '../result.ts'
import { isApproved, isBlocked, isClear, type Judged } from './approval.ts'
import { isHeld, isUnderReview, type Stage } from './stage.ts'
import type { Verdict } from './verdict.ts'

/** What stages are decided from. `published`: hash of what is out; null: nothing is. */
export type Facts = Judged & { readonly published: string | null }

type At<S extends Stage> = { readonly stage: S }
/** A draft that is worked on. What is published was, at some time, published as something. */
export type Live =
  | (Facts & { readonly published: string } & At<'published'>)
  | { readonly [S in Exclude<Stage, 'published'>]: Facts & At<S> }[Exclude<Stage, 'published'>]

/** Archiving keeps the stage for the day of the return. */
export type State = Live | { readonly stage: 'archived'; readonly before: Live }

/** `hash`: of what the actor looked at. */
type Judgement = { readonly by: Who; readonly hash: string }

export type Command =
  | { readonly type: 'start' | 'shelve' | 'ask' | 'withdraw' | 'schedule' | 'unschedule'; readonly by: Who }
  | ({ readonly type: 'approve' | 'requestChanges' | 'override' | 'publish' } & Judgement)
  /** `hash`: of what the verdict was given on. */
  | ({ readonly type: 'takeBack' } & Judgement)
  /** The text, the rules or the people around it are not what they were. */
  | { readonly type: 'edited'; readonly now: Facts }
  /** Whose right these are, server/drafts asks. */
  | { readonly type: 'archive' | 'restore' }

/** `notNow`: the stage does not allow it. `notApproved`: what the rules ask for is missing. */
export type Refusal = 'forbidden' | 'archived' | 'notNow' | 'contentChanged' | 'notApproved'

const RIGHT = {
  start: 'draft.stage',
  shelve: 'draft.stage',
  ask: 'review.ask',
  withdraw: 'review.ask',
  approve: 'review.judge',
  requestChanges: 'review.judge',
  takeBack: 'review.judge',
  override: 'review.override',
  schedule: 'review.release',
  unschedule: 'review.release',
  publish: 'review.release',
} as const

/** Why this command is refused before anything is known of the text, or null. */
export function refusalOf(command: Command, archived: boolean): 'forbidden' | 'archived' | null {
  if (!('by' in command)) return null
  if (!can(command.by, RIGHT[command.type], { archived: false })) return 'forbidden'
  return archived ? 'archived' : null
}

/** One decision. No step leads to `approved`, `scheduled` or `published` but over `isClear`. */
export function step(state: State, command: Command): Result<State, Refusal> {
  const refusal = refusalOf(command, state.stage === 'archived')
  if (refusal) return fail(refusal)
  if (state.stage !== 'archived') return stepLive(state, command)
  if (command.type === 'restore') return ok(reconsidered(state.before))
  if (command.type === 'edited') return ok({ ...state, before: withFacts(state.before, command.now) })
  return fail('notNow')
}

function stepLive(state: Live, command: Command): Result<State, Refusal> {
  switch (command.type) {
    case 'start':
      return state.stage === 'idea' ? ok({ ...state, stage: 'drafting' }) : fail('notNow')
    case 'shelve':
      return state.stage === 'drafting' ? ok({ ...state, stage: 'idea' }) : fail('notNow')
    case 'ask':
      return mayAsk(state) ? ok({ ...state, stage: 'inReview' }) : fail('notNow')
    case 'withdraw':
      return isUnderReview(state.stage) ? ok({ ...state, stage: 'drafting' }) : fail('notNow')
    case 'approve':
      return judge(state, 'approve', command)
    case 'requestChanges':
      return judge(state, 'changes', command)
    case 'override':
      return override(state, command)
    case 'takeBack':
      return takeBack(state, command)
    case 'schedule':
      return schedule(state)
    case 'unschedule':
      if (state.stage !== 'scheduled') return fail('notNow')
      return ok({ ...state, stage: isApproved(state) ? 'approved' : 'drafting' })
    case 'publish':
      return publish(state, command.hash)
    case 'edited':
      return ok(reconsidered(withFacts(state, command.now)))
    case 'archive':
      return ok({ stage: 'archived', before: state })
    case 'restore':
      return fail('notNow')
  }
}

/** Out, and since then written further: the way to what is out next. */
const isReworked = ({ stage, published, hash }: Live) => stage === 'published' && published !== hash

const mayAsk = (state: Live) =>
  state.stage === 'idea' || state.stage === 'drafting' || isUnderReview(state.stage) || isReworked(state)

/** Where a text may be approved in an emergency, planned or put out: it is one, and is not out as it is. */
const isInWork = (state: Live) =>
  state.stage === 'drafting' || isUnderReview(state.stage) || isReworked(state)

/** A person has at most one verdict on a text, beside an emergency: the new one takes the place of the old. */
function withVerdict(state: Live, kind: Verdict['kind'], { by, hash }: Judgement): Live {
  const verdict: Verdict = { by: by.volunteerId, role: by.role, kind, hash }
  return { ...state, verdicts: [...without(state, by.volunteerId, hash), verdict] }
}

const without = ({ verdicts }: Facts, by: VolunteerId, hash: string): readonly Verdict[] =>
  verdicts.filter((one) => one.by !== by || one.hash !== hash || one.kind === 'override')

function judge(state: Live, kind: 'approve' | 'changes', judgement: Judgement): Result<State, Refusal> {
  if (!isUnderReview(state.stage) && !isHeld(state.stage)) return fail('notNow')
  if (judgement.hash !== state.hash) return fail('contentChanged')
  const judged = withVerdict(state, kind, judgement)
  if (isBlocked(judged)) return ok({ ...judged, stage: 'changesRequested' })
  return ok(reconsidered(isHeld(judged.stage) ? judged : { ...judged, stage: 'inReview' }))
}

function override(state: Live, judgement: Judgement): Result<State, Refusal> {
  if (!isInWork(state)) return fail('notNow')
  if (judgement.hash !== state.hash) return fail('contentChanged')
  return ok({ ...withVerdict(state, 'override', judgement), stage: 'approved' })
}

function takeBack(state: Live, { by, hash }: Judgement): Result<State, Refusal> {
  const verdicts = without(state, by.volunteerId, hash)
  const isBuiltOn = state.published === hash
  if (verdicts.length === state.verdicts.length || isBuiltOn) return fail('notNow')
  const left: Live = { ...state, verdicts }
  const isAnswered = left.stage === 'changesRequested' && !isBlocked(left)
  return ok(reconsidered(isAnswered ? { ...left, stage: 'inReview' } : left))
}

function schedule(state: Live): Result<State, Refusal> {
  if (state.stage !== 'approved' && !isInWork(state)) return fail('notNow')
  return isClear(state) ? ok({ ...state, stage: 'scheduled' }) : fail('notApproved')
}

function publish(state: Live, hash: string): Result<State, Refusal> {
  if (!isHeld(state.stage) && !isInWork(state)) return fail('notNow')
  if (hash !== state.hash) return fail('contentChanged')
  return isClear(state) ? ok({ ...state, stage: 'published', published: hash }) : fail('notApproved')
}

function withFacts(state: Live, now: Facts): Live {
  const { hash, mode, writers, verdicts } = now
  return { ...state, hash, mode, writers, verdicts }
}

/** The stage that the facts leave: an approval that counts no more is lost, one that counts again is back. */
function reconsidered(state: Live): Live {
  switch (state.stage) {
    case 'approved':
      return isApproved(state) ? state : fallen(state)
    case 'scheduled':
      return isClear(state) ? state : fallen(state)
    case 'inReview':
    case 'changesRequested':
      return isApproved(state) ? { ...state, stage: 'approved' } : state
    case 'idea':
    case 'drafting':
    case 'published':
      return state
  }
}

const fallen = (state: Live): Live => ({
  ...state,
  stage: isBlocked(state) ? 'changesRequested' : 'inReview',
})
