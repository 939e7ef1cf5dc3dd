'use server'

import { z } from 'zod'
import { newsroomAction } from '#app/_gate/action.ts'
import { invitationId, line, role, volunteerId } from '#app/_gate/schemas.ts'

const volunteer = z.object({ id: volunteerId })
/** An empty field of a form means that the link will be copied by hand. */
const address = line.nullish().transform((text) => text?.trim() || null)

/** @returns the link, which is shown this once */
export const invite = newsroomAction(z.object({ role, email: address }), (actor, input, { invitations }) =>
  invitations.create(actor, input),
)

export const revokeInvitation = newsroomAction(
  z.object({ id: invitationId }),
  (actor, { id }, { invitations }) => invitations.revoke(actor, id),
)

export const changeRole = newsroomAction(volunteer.extend({ role }), (actor, input, { volunteers }) =>
  volunteers.changeRole(actor, input.id, input.role),
)

export const suspend = newsroomAction(volunteer, (actor, { id }, { volunteers }) =>
  volunteers.suspend(actor, id),
)

export const reinstate = newsroomAction(volunteer, (actor, { id }, { volunteers }) =>
  volunteers.reinstate(actor, id),
)

export const renameNewsroom = newsroomAction(
  z.object({ newsroomName: line }),
  (actor, { newsroomName }, { newsroom }) => newsroom.rename(actor, newsroomName),
)
