import type { SlotId } from '../ids.ts'
import { aligned } from './begin.ts'
import { ruleOccurrence } from './recurrence.ts'
import { retime } from './retime.ts'
import type { PlainDay, Repeat, Slot, SlotTime } from './slot.ts'
import { instantText } from './time.ts'

/** What people change of a slot. */
export type SlotChange = Partial<Omit<Slot, 'id' | 'skipped' | 'partOf' | 'uid' | 'createdBy'>>

/** Fields that an override takes over from its series, where it had the same as the series. */
const FOLLOWING = [
  'title',
  'note',
  'tags',
  'stage',
  'draft',
  'channels',
  'owner',
  'embargo',
  'minutes',
  'days',
] as const

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)

const sameRepeat = (a: Repeat | null, b: Repeat | null) =>
  a === b ||
  (a !== null &&
    b !== null &&
    same(
      [a.freq, a.every, [...a.weekdays].sort(), a.nth, a.end],
      [b.freq, b.every, [...b.weekdays].sort(), b.nth, b.end],
    ))

/** When the occurrence of a day begins, as a slot of its own would say it. */
export function timeAt(slot: Slot, day: PlainDay, zone: string): SlotTime {
  if (slot.time.kind === 'allDay') return { kind: 'allDay', date: day }
  const one = ruleOccurrence(slot, day, zone)
  return one === null ? slot.time : { ...slot.time, at: instantText(one.start) }
}

const sameTime = (a: SlotTime, b: SlotTime) =>
  a.kind === 'timed'
    ? b.kind === 'timed' && a.zone === b.zone && Date.parse(a.at) === Date.parse(b.at)
    : b.kind === 'allDay' && a.date === b.date

/** A slot with a change made, seen from its occurrence of `day`. */
export type Reshaped = {
  readonly slot: Slot
  /** What is to be written for it, skipped days apart. */
  readonly fields: SlotChange
  /**
   * What is to be written of an override so that it goes on standing for the same occurrence, of the series `id`;
   * where it is `touched`, it also takes over what it had in common with the series. Empty: nothing.
   */
  readonly follow: (
    override: Slot,
    id: SlotId,
    touched: boolean,
  ) => readonly { readonly id: SlotId; readonly fields: SlotChange & Partial<Pick<Slot, 'partOf'>> }[]
}

type Shape = {
  readonly time: SlotTime
  readonly repeat: Repeat | null
  readonly skipped: readonly PlainDay[]
  readonly rekey: (day: PlainDay) => PlainDay | null
}

const stay = (day: PlainDay) => day

/** Given a rule, or relieved of it, what counts is the occurrence that people look at. */
function shapeOfSingle(time: SlotTime, repeat: Repeat | null): Shape {
  if (repeat === null) return { time, repeat, skipped: [], rekey: stay }
  return { ...aligned(time, repeat), rekey: stay }
}

function shapeOf(slot: Slot, day: PlainDay, change: SlotChange, zone: string): Shape {
  const here = timeAt(slot, day, zone)
  const to = change.time ?? here
  if (slot.repeat === null || change.repeat === null) return shapeOfSingle(to, change.repeat ?? null)
  const moved = sameTime(to, here)
    ? { time: slot.time, repeat: slot.repeat, skipped: [], rekey: stay }
    : retime(slot.time, slot.repeat, day, to)
  const ruled = change.repeat !== undefined && !sameRepeat(change.repeat, slot.repeat)
  const begun = ruled && change.repeat ? aligned(moved.time, change.repeat) : moved
  const kept = slot.skipped.map(moved.rekey).filter((one) => one !== null)
  return {
    time: begun.time,
    repeat: begun.repeat,
    skipped: [...new Set([...kept, ...begun.skipped])].sort(),
    rekey: moved.rekey,
  }
}

export function reshape(slot: Slot, day: PlainDay, change: SlotChange, zone: string): Reshaped {
  const { time, repeat, skipped, rekey } = shapeOf(slot, day, change, zone)
  const { time: _time, repeat: _repeat, ...words } = change
  const now: Slot = { ...slot, ...words, time, repeat, skipped }
  return {
    slot: now,
    fields: {
      ...words,
      ...(sameTime(time, slot.time) ? {} : { time }),
      ...(sameRepeat(repeat, slot.repeat) ? {} : { repeat }),
    },
    follow: (override, id, touched) => {
      const was = override.partOf
      if (was === null) return []
      const key = rekey(was.day)
      const partOf = key === null ? null : { slot: id, day: key }
      const fields = {
        ...(same(partOf, { slot: was.slot, day: was.day }) ? {} : { partOf }),
        ...(touched ? takenOver(override, slot, words) : {}),
        ...(touched && key !== null ? timeTakenOver(override, slot, was.day, now, key, zone) : {}),
      }
      return Object.keys(fields).length === 0 ? [] : [{ id: override.id, fields }]
    },
  }
}

function takenOver(override: Slot, series: Slot, change: SlotChange): SlotChange {
  const fields: SlotChange = {}
  for (const key of FOLLOWING) {
    const shared = same(override[key], series[key])
    if (change[key] !== undefined && shared && !same(change[key], series[key])) {
      Object.assign(fields, { [key]: change[key] })
    }
  }
  return fields
}

/** An override that only has other words than its series begins when the series does. */
function timeTakenOver(
  override: Slot,
  was: Slot,
  oldDay: PlainDay,
  now: Slot,
  newDay: PlainDay,
  zone: string,
): SlotChange {
  if (!sameTime(override.time, timeAt(was, oldDay, zone))) return {}
  const time = timeAt(now, newDay, zone)
  return sameTime(time, override.time) ? {} : { time }
}
