import { z } from 'zod'
import type {
  CommentId,
  DraftId,
  InvitationId,
  LoginSessionId,
  NotificationId,
  RevisionId,
  SlotId,
  ThreadId,
  VerdictId,
  VolunteerId,
} from '#lib/domain/ids.ts'
import { isUuid } from '#lib/domain/ids.ts'
import { LOCALES, ROLES } from '#lib/domain/permissions.ts'

/** Shapes of what actions take. They bound; what a name or a password must be, lib/domain/accounts says. */
export const line = z.string().max(1000)
/** A password, which is never trimmed. */
export const secret = z.string().max(1000)
export const role = z.enum(ROLES)
export const locale = z.enum(LOCALES)

const id = <Id extends string>() => z.custom<Id>((value) => typeof value === 'string' && isUuid(value))
export const volunteerId = id<VolunteerId>()
export const invitationId = id<InvitationId>()
export const loginSessionId = id<LoginSessionId>()
export const draftId = id<DraftId>()
export const slotId = id<SlotId>()
export const threadId = id<ThreadId>()
export const commentId = id<CommentId>()
export const verdictId = id<VerdictId>()
export const notificationId = id<NotificationId>()
export const revisionId = id<RevisionId>()
