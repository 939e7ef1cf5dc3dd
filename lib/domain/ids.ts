declare const brand: unique symbol
type Branded<Name extends string> = string & { readonly [brand]: Name }

export type VolunteerId = Branded<'VolunteerId'>
export type DraftId = Branded<'DraftId'>
export type LoginSessionId = Branded<'LoginSessionId'>
export type InvitationId = Branded<'InvitationId'>
export type SlotId = Branded<'SlotId'>
export type FeedId = Branded<'FeedId'>
export type ThreadId = Branded<'ThreadId'>
export type CommentId = Branded<'CommentId'>
export type ReviewId = Branded<'ReviewId'>
export type VerdictId = Branded<'VerdictId'>
export type RevisionId = Branded<'RevisionId'>
export type NotificationId = Branded<'NotificationId'>

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** Every id is a lower-case UUID: one spelling, so that an id authorised is the id written. */
export const isUuid = (text: string): boolean => UUID.test(text)

function parser<Id extends string>() {
  return (text: string): Id | null => (isUuid(text) ? (text as Id) : null)
}

export const parseVolunteerId = parser<VolunteerId>()
export const parseDraftId = parser<DraftId>()
export const parseLoginSessionId = parser<LoginSessionId>()
export const parseSlotId = parser<SlotId>()
export const parseThreadId = parser<ThreadId>()
export const parseCommentId = parser<CommentId>()
export const parseNotificationId = parser<NotificationId>()
