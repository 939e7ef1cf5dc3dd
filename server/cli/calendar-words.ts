import type { ImportProblem, SkipReason } from '#server/calendar/types.ts'

/** What the command line says of the calendar, in one language. */
export type CalendarWords = {
  readonly outcome: (added: number, updated: number, unchanged: number) => string
  readonly skipped: (count: number) => string
  readonly reasons: Readonly<Record<SkipReason, string>>
  readonly problems: Readonly<Record<ImportProblem | 'missing' | 'unreadable', string>>
  readonly importing: string
  readonly untitled: string
  readonly notADay: (option: string) => string
  readonly backwards: string
  readonly notAllowed: string
}

const plural = (count: number, one: string, other: string) => `${count} ${count < 2 ? one : other}`

export const calendarFr: CalendarWords = {
  outcome: (added, updated, unchanged) =>
    [
      plural(added, 'créneau ajouté', 'créneaux ajoutés'),
      plural(updated, 'mis à jour', 'mis à jour'),
      plural(unchanged, 'déjà là', 'déjà là'),
    ].join(', '),
  skipped: (count) => `${plural(count, 'événement laissé de côté', 'événements laissés de côté')}.`,
  reasons: {
    noStart: 'il n’a pas de date de début',
    badStart: 'sa date de début ne peut pas être lue',
    badZone: 'son fuseau horaire est inconnu',
    endsBeforeStart: 'il se termine avant de commencer',
    outOfRange: 'il tombe hors des années 2000 à 2100, ou dure plus d’un an',
    repeatTooOften: 'il se répète plus d’une fois par jour, ou plus de 1000 fois',
    repeatNotKnown: 'il se répète d’une façon que le calendrier ne connaît pas',
    repeatNever: 'sa répétition ne tombe jamais',
    cancelled: 'il est annulé',
    locked: 'la journée ou le créneau est verrouillé',
    unreadable: 'il ne peut pas être lu',
  },
  problems: {
    forbidden: 'Cela n’est pas permis.',
    tooLarge: 'Ce fichier est trop gros\u00a0: 20 Mo au plus.',
    notCalendar: 'Ce n’est pas un calendrier (.ics).',
    tooMany: 'Ce fichier contient plus de 20 000 événements.',
    unavailable:
      'Tout n’a pas pu être enregistré. Relancez la même importation\u00a0: elle finira le travail.',
    missing: 'Ce fichier n’existe pas.',
    unreadable: 'Ce fichier ne peut pas être lu.',
  },
  importing: 'Importation',
  untitled: '(sans titre)',
  notADay: (option) => `L’option ${option} attend un jour, comme 2026-11-27.`,
  backwards: '--to vient avant --from.',
  notAllowed: 'Ce compte ne peut pas avoir de flux.',
}

export const calendarEn: CalendarWords = {
  outcome: (added, updated, unchanged) =>
    `${added} ${added === 1 ? 'slot' : 'slots'} added, ${updated} updated, ${unchanged} here already`,
  skipped: (count) => `${count} ${count === 1 ? 'event' : 'events'} left out.`,
  reasons: {
    noStart: 'it has no start',
    badStart: 'its start cannot be read',
    badZone: 'its time zone is unknown',
    endsBeforeStart: 'it ends before it starts',
    outOfRange: 'it lies outside the years 2000 to 2100, or lasts more than a year',
    repeatTooOften: 'it repeats more than once a day, or more than 1000 times',
    repeatNotKnown: 'it repeats in a way that the calendar does not know',
    repeatNever: 'its repetition never takes place',
    cancelled: 'it is cancelled',
    locked: 'the day or the slot is locked',
    unreadable: 'it cannot be read',
  },
  problems: {
    forbidden: 'This is not allowed.',
    tooLarge: 'This file is too large: 20 MB at most.',
    notCalendar: 'This is not a calendar (.ics).',
    tooMany: 'This file has more than 20,000 events.',
    unavailable: 'Not all of it could be saved. Import the same file again: that completes it.',
    missing: 'This file does not exist.',
    unreadable: 'This file cannot be read.',
  },
  importing: 'Importing',
  untitled: '(untitled)',
  notADay: (option) => `The option ${option} needs a day, such as 2026-11-27.`,
  backwards: '--to comes before --from.',
  notAllowed: 'This account cannot have a feed.',
}
