import type { LoginSessionId, VolunteerId } from './ids.ts'

/**
 * From the most to the least trusted: orchestrates and administers; writes and reviews; writes and comments;
 * comments without writing; reads.
 */
export const ROLES = ['coordinator', 'editor', 'contributor', 'commenter', 'reader'] as const
export type Role = (typeof ROLES)[number]
export const isRole = (text: string): text is Role => (ROLES as readonly string[]).includes(text)

export const LOCALES = ['fr', 'en'] as const
export type Locale = (typeof LOCALES)[number]
export const isLocale = (text: string): text is Locale => (LOCALES as readonly string[]).includes(text)

/** The person acting now. Built by the server from a checked login session, never by a client. */
export type Actor = {
  readonly volunteerId: VolunteerId
  readonly sessionId: LoginSessionId
  readonly name: string
  readonly email: string
  readonly role: Role
  /** Six-digit hex, `#rrggbb`: what a caret needs. */
  readonly color: string
  readonly locale: Locale
}

/** What permissions are decided from. */
export type Who = Pick<Actor, 'volunteerId' | 'role'>

/** What an action is about. `null` stands for the newsroom as a whole. */
type Subjects = {
  'draft.create': null
  'draft.read': null
  'draft.edit': { readonly archived: boolean }
  'draft.archive': { readonly createdBy: VolunteerId | null }
  /** Takes up an idea, or lays a text aside: what needs nobody’s verdict. */
  'draft.stage': { readonly archived: boolean }
  'thread.read': null
  /** Opens a thread, replies, reacts. `archived`: the draft; a slot never is. */
  'thread.comment': { readonly archived: boolean }
  'thread.resolve': { readonly archived: boolean; readonly createdBy: VolunteerId }
  'comment.edit': { readonly archived: boolean; readonly author: VolunteerId }
  'comment.delete': { readonly archived: boolean; readonly author: VolunteerId }
  'review.read': null
  'review.ask': { readonly archived: boolean }
  /** Approves or asks for changes; whose approval counts for which passage, lib/domain/review says. */
  'review.judge': { readonly archived: boolean }
  /** Approves alone, with a reason that stays. */
  'review.override': { readonly archived: boolean }
  /** Says that an approved text goes out at its hour, or that it is out. */
  'review.release': { readonly archived: boolean }
  'history.read': null
  'history.name': { readonly archived: boolean }
  'audit.read': null
  'calendar.read': null
  'slot.plan': { readonly locked: boolean }
  /** Title, note, draft, owner, tags, stage: what a lock leaves free. */
  'slot.edit': null
  /** Time, length, repetition, channels. `locked`: the slot, the day it leaves or the day it goes to. */
  'slot.move': { readonly locked: boolean }
  'slot.delete': { readonly locked: boolean; readonly createdBy: VolunteerId | null }
  'calendar.lock': null
  'calendar.import': null
  'team.read': null
  'team.invite': null
  'volunteer.manage': { readonly volunteerId: VolunteerId }
  'newsroom.configure': null
}
export type Action = keyof Subjects

const comments = (role: Role) => role !== 'reader'
const writes = (role: Role) => comments(role) && role !== 'commenter'
const shapes = (role: Role) => role === 'coordinator' || role === 'editor'
/** A lock binds everybody but those who can take it off. */
const moves = (role: Role, locked: boolean) => writes(role) && (!locked || role === 'coordinator')

/** The one table of permissions. The server enforces it; pages only hide buttons with it. */
const TABLE: { readonly [A in Action]: (actor: Who, subject: Subjects[A]) => boolean } = {
  'draft.create': (actor) => writes(actor.role),
  'draft.read': () => true,
  'draft.edit': (actor, draft) => writes(actor.role) && !draft.archived,
  'draft.archive': (actor, draft) =>
    shapes(actor.role) || (writes(actor.role) && draft.createdBy === actor.volunteerId),
  'draft.stage': (actor, draft) => writes(actor.role) && !draft.archived,
  'thread.read': () => true,
  'thread.comment': (actor, subject) => comments(actor.role) && !subject.archived,
  'thread.resolve': (actor, thread) =>
    comments(actor.role) &&
    !thread.archived &&
    (writes(actor.role) || thread.createdBy === actor.volunteerId),
  'comment.edit': (actor, comment) =>
    comments(actor.role) && !comment.archived && comment.author === actor.volunteerId,
  'comment.delete': (actor, comment) =>
    actor.role === 'coordinator' ||
    (comments(actor.role) && !comment.archived && comment.author === actor.volunteerId),
  'review.read': () => true,
  'review.ask': (actor, draft) => writes(actor.role) && !draft.archived,
  'review.judge': (actor, draft) => shapes(actor.role) && !draft.archived,
  'review.override': (actor, draft) => actor.role === 'coordinator' && !draft.archived,
  'review.release': (actor, draft) => shapes(actor.role) && !draft.archived,
  'history.read': () => true,
  'history.name': (actor, draft) => writes(actor.role) && !draft.archived,
  'audit.read': (actor) => actor.role === 'coordinator',
  'calendar.read': () => true,
  'slot.plan': (actor, place) => moves(actor.role, place.locked),
  'slot.edit': (actor) => writes(actor.role),
  'slot.move': (actor, slot) => moves(actor.role, slot.locked),
  'slot.delete': (actor, slot) =>
    moves(actor.role, slot.locked) && (shapes(actor.role) || slot.createdBy === actor.volunteerId),
  'calendar.lock': (actor) => actor.role === 'coordinator',
  'calendar.import': (actor) => shapes(actor.role),
  'team.read': () => true,
  'team.invite': (actor) => actor.role === 'coordinator',
  // Nobody changes their own role or suspends themselves: the last coordinator cannot lock everybody out.
  'volunteer.manage': (actor, volunteer) =>
    actor.role === 'coordinator' && volunteer.volunteerId !== actor.volunteerId,
  'newsroom.configure': (actor) => actor.role === 'coordinator',
}

export function can<A extends Action>(actor: Who, action: A, subject: Subjects[A]): boolean {
  return TABLE[action](actor, subject)
}
