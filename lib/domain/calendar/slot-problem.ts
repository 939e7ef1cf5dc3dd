import { dayNumber, parseDay } from './days.ts'
import { LIMITS, type Repeat, type Slot, WEEKDAYS } from './slot.ts'
import { dayOf, endOf, FIRST_DAY, inYears, LAST_DAY, parseInstant, startOf } from './time.ts'
import { isZone } from './zone.ts'

export type SlotProblem =
  | 'titleMissing'
  | 'titleTooLong'
  | 'noteTooLong'
  | 'tooManyTags'
  | 'tagTooLong'
  | 'badTime'
  | 'badZone'
  | 'outOfRange'
  | 'endsBeforeStart'
  | 'tooLong'
  | 'badRepeat'
  | 'repeatEndsBeforeStart'
  | 'badEmbargo'

const isWhole = (value: number, least: number, most: number) =>
  Number.isInteger(value) && value >= least && value <= most

function wordsProblem(slot: Slot): SlotProblem | null {
  if (slot.title.trim() === '' && slot.draft === null) return 'titleMissing'
  if (slot.title.length > LIMITS.title) return 'titleTooLong'
  if (slot.note.length > LIMITS.note) return 'noteTooLong'
  if (slot.tags.length > LIMITS.tags) return 'tooManyTags'
  return slot.tags.some((tag) => tag.length > LIMITS.tag) ? 'tagTooLong' : null
}

function timeProblem(slot: Slot): SlotProblem | null {
  const { time } = slot
  const timed = time.kind === 'timed'
  if (timed ? parseInstant(time.at) === null : parseDay(time.date) === null) return 'badTime'
  if (timed && !isZone(time.zone)) return 'badZone'
  const length = timed ? slot.minutes : slot.days
  if (!(length >= 1)) return 'endsBeforeStart'
  if (!isWhole(length, 1, timed ? LIMITS.minutes : LIMITS.days)) return 'tooLong'
  const zone = timed ? time.zone : 'UTC'
  const inRange = inYears(startOf(time, zone), zone) && inYears(endOf(slot, zone) - 1, zone)
  return inRange ? null : 'outOfRange'
}

function repeatProblem(slot: Slot, repeat: Repeat): SlotProblem | null {
  const nth = repeat.nth === null || [-1, 1, 2, 3, 4, 5].includes(repeat.nth)
  const weekdays = repeat.weekdays.every((weekday) => WEEKDAYS.includes(weekday))
  if (!isWhole(repeat.every, 1, 99) || !nth || !weekdays) return 'badRepeat'
  if (repeat.end === null) return null
  if ('count' in repeat.end) return isWhole(repeat.end.count, 1, 1000) ? null : 'badRepeat'
  const until = parseDay(repeat.end.until)
  if (until === null) return 'badRepeat'
  if (until < dayOf(slot.time)) return 'repeatEndsBeforeStart'
  return isWhole(dayNumber(until), FIRST_DAY, LAST_DAY) ? null : 'outOfRange'
}

/** The first reason for which a slot cannot be planned as it is, or null. With a draft, the title is the draft’s. */
export function slotProblem(slot: Slot): SlotProblem | null {
  const problem = wordsProblem(slot) ?? timeProblem(slot)
  if (problem !== null) return problem
  if (slot.embargo !== null && parseInstant(slot.embargo) === null) return 'badEmbargo'
  return slot.repeat === null ? null : repeatProblem(slot, slot.repeat)
}
