import { createHash } from 'node:crypto'
import { sameValue } from '#lib/documents/calendar/fields.ts'
import { isRuleDay } from '#lib/domain/calendar/recurrence.ts'
import { LIMITS, type PlainDay, type Slot } from '#lib/domain/calendar/slot.ts'
import { parseSlotId, type SlotId, type VolunteerId } from '#lib/domain/ids.ts'
import type { Incoming, IncomingFields } from './ics/incoming.ts'
import { ownUid } from './ics/write.ts'

/**
 * The id of a slot that comes from an event. It follows from the event’s name, so that whoever imports the same
 * file a second time, or at the same time, or after an interruption, makes the same slots.
 */
export function slotIdFor({ uid, day, slot }: Pick<Incoming, 'uid' | 'day' | 'slot'>): SlotId {
  if (slot !== null) return slot
  const hash = createHash('sha256')
    .update(`pupitre import\n${uid}\n${day ?? ''}`)
    .digest('hex')
  // Version 8 (RFC 9562, 5.8): made by a rule of ours.
  const text = `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-a${hash.slice(17, 20)}-${hash.slice(20, 32)}`
  const id = parseSlotId(text)
  if (id === null) throw new Error(`No id: ${text}`)
  return id
}

export const keyOf = (uid: string, day: PlainDay | null): string => `${day ?? ''}\n${uid}`

type Made = { readonly partOf: Slot['partOf']; readonly createdBy: VolunteerId | null }

/** A slot that was not here before. */
export const newSlot = ({ uid, fields }: Incoming, id: SlotId, { partOf, createdBy }: Made): Slot => ({
  ...fields,
  id,
  draft: null,
  owner: null,
  embargo: null,
  partOf,
  // A slot of ours that comes back is named by its id.
  uid: uid === ownUid(id) || (partOf !== null && uid === ownUid(partOf.slot)) ? null : uid,
  createdBy,
})

/**
 * A slot after another import of its event: what the file says of it, and everything that it does not. Channels
 * and tags that the newsroom gave it stay; so do occurrences that were taken out here.
 */
export function mergeInto(slot: Slot, fields: IncomingFields): Slot {
  const { channels, tags, repeat } = fields
  const time = sameMoment(slot, fields) ? slot.time : fields.time
  const merged: Slot = {
    ...slot,
    // With a draft, the title that the file has is the draft’s.
    title: slot.draft === null ? fields.title : slot.title,
    time,
    minutes: time.kind === 'timed' ? fields.minutes : slot.minutes,
    days: time.kind === 'allDay' ? fields.days : slot.days,
    channels: channels.length > 0 ? channels : slot.channels,
    tags: [...new Set([...slot.tags, ...tags])].slice(0, LIMITS.tags),
    note: fields.note,
    repeat,
    skipped: [],
  }
  const skipped = [...new Set([...slot.skipped, ...fields.skipped])].toSorted()
  return {
    ...merged,
    skipped: repeat === null ? slot.skipped : skipped.filter((day) => isRuleDay(merged, day)),
  }
}

/** What takes place once is at an instant; by which clock somebody planned it is not for a file to say. */
const sameMoment = (slot: Slot, { time, repeat }: IncomingFields): boolean =>
  repeat === null &&
  slot.repeat === null &&
  time.kind === 'timed' &&
  slot.time.kind === 'timed' &&
  time.at === slot.time.at

export const sameSlot = (a: Slot, b: Slot): boolean =>
  [...new Set([...Object.keys(a), ...Object.keys(b)])].every((key) =>
    sameValue(a[key as keyof Slot], b[key as keyof Slot]),
  )
