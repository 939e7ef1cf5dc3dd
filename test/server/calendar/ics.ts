import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import ICAL from 'ical.js'
import { DEFAULT_SETTINGS } from '#lib/domain/calendar/settings.ts'
import type { Slot } from '#lib/domain/calendar/slot.ts'
import type { Masthead, PlannedSlot } from '#server/calendar/export-rows.ts'
import { writeCalendar } from '#server/calendar/ics/write.ts'

export const TORONTO = 'America/Toronto'

const MASTHEAD: Masthead = { name: 'Le Mouvement', settings: { ...DEFAULT_SETTINGS, zone: TORONTO } }

export const planned = (slot: Slot, more: Partial<PlannedSlot> = {}): PlannedSlot => ({
  slot,
  updatedAt: new Date('2027-03-01T12:00:00Z'),
  draft: null,
  ...more,
})

export const written = (...slots: readonly (Slot | PlannedSlot)[]): string =>
  writeCalendar(
    slots.map((one) => ('slot' in one ? one : planned(one))),
    MASTHEAD,
    { linkTo: (id) => `https://pupitre.example/calendar?slot=${id}`, untitled: 'Sans titre' },
  )

/** Content lines, unfolded. */
export const linesOf = (text: string): readonly string[] => text.replaceAll('\r\n ', '').split('\r\n')

/** An event of a file; lines as they are typed. */
export const event = (lines: string): string => `BEGIN:VEVENT\n${lines.trim()}\nEND:VEVENT\n`

export const calendar = (...parts: readonly string[]): string =>
  `BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//Essai//FR\n${parts.join('')}END:VCALENDAR\n`.replaceAll(
    '\n',
    '\r\n',
  )

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)

export const googleExport = (): Promise<Uint8Array> =>
  readFile(join(import.meta.dirname, '../../fixtures/calendar/google-export.ics'))

/** When everything of a file takes place until `to` (ms), as ical.js reads it, by the zones that the file defines. */
export function expanded(text: string, to: number): readonly { uid: string; start: number; end: number }[] {
  const root = ICAL.Component.fromString(text)
  ICAL.TimezoneService.reset()
  for (const zone of root.getAllSubcomponents('vtimezone')) ICAL.TimezoneService.register(zone)
  const events = root.getAllSubcomponents('vevent').map((component) => new ICAL.Event(component))
  const found: { uid: string; start: number; end: number }[] = []
  for (const one of events) {
    if (one.isRecurrenceException()) continue
    for (const other of events)
      if (other.isRecurrenceException() && other.uid === one.uid) one.relateException(other)
    const times = one.iterator()
    for (let next = times.next(); next; next = times.next()) {
      const { startDate } = one.getOccurrenceDetails(next)
      // Of an occurrence ical.js reckons the end by the clocks that its beginning goes by, also where they change between.
      const { endDate } = one.isRecurring() ? one.getOccurrenceDetails(next) : one
      const [start, end] = [startDate.toUnixTime() * 1000, endDate.toUnixTime() * 1000]
      if (next.toUnixTime() * 1000 >= to) break
      found.push({ uid: one.uid, start, end })
      if (!one.isRecurring()) break
    }
  }
  return found.sort((a, b) => a.start - b.start || a.end - b.end)
}
