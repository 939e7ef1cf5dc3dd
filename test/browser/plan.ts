import { addDays } from '#lib/domain/calendar/days.ts'
import type { PlainDay } from '#lib/domain/calendar/slot.ts'

type Line = {
  readonly title: string
  /** Days from the day that it is planned around, and the hour in Toronto; null: the whole day. */
  readonly day: number
  readonly clock: string | null
  readonly networks: string
  readonly rule?: string
}

/** What a newsroom has before it in an ordinary month: enough to crowd a day, and to leave another empty. */
const LINES: readonly Line[] = [
  { title: 'Communiqué : budget de la rentrée', day: 0, clock: '0900', networks: 'Facebook,Blogue' },
  { title: 'Fil sur le transport collectif', day: 0, clock: '0910', networks: 'X' },
  { title: 'Capsule : la gratuité scolaire en 60 secondes', day: 0, clock: '1200', networks: 'Instagram' },
  { title: 'Entrevue à la radio de Rimouski', day: 0, clock: '1630', networks: 'Facebook' },
  { title: 'Direct avec les candidates', day: 0, clock: '2030', networks: 'YouTube,Facebook' },
  { title: '#FF : nos comtés à suivre', day: -2, clock: '1100', networks: 'X', rule: 'FREQ=WEEKLY' },
  {
    title: 'Liste de lecture de la semaine',
    day: 2,
    clock: '1800',
    networks: 'YouTube',
    rule: 'FREQ=WEEKLY',
  },
  { title: 'Congrès national', day: 4, clock: null, networks: 'Facebook,Instagram' },
  { title: 'Portrait : Anaïs, militante à Gaspé', day: 1, clock: '0800', networks: 'Instagram' },
  { title: 'Réponse au ministre', day: 1, clock: '1015', networks: 'X' },
  { title: 'Billet : loger tout le monde', day: 3, clock: '0700', networks: 'Blogue' },
  { title: 'Rappel : assemblée de cuisine', day: 3, clock: '1900', networks: 'Facebook' },
  { title: 'Mème du vendredi', day: -4, clock: '1200', networks: 'Instagram,X' },
  { title: 'Bilan de la tournée', day: -6, clock: '1530', networks: 'Blogue,Facebook' },
  { title: 'Appel aux bénévoles', day: 8, clock: '0900', networks: 'Facebook' },
  { title: 'Vidéo : l’hydroélectricité expliquée', day: 10, clock: '1730', networks: 'YouTube' },
]

const digits = (day: PlainDay) => day.replaceAll('-', '')

/** An iCalendar file of that month. @param today what the newsroom calls so: in Toronto it begins later than in UTC */
export function planAround(today: PlainDay): string {
  const events = LINES.flatMap(({ title, day, clock, networks, rule }, index) => {
    const date = digits(addDays(today, day))
    return [
      'BEGIN:VEVENT',
      `UID:plan-${index}@exemple.quebec`,
      'DTSTAMP:20260101T000000Z',
      ...(clock === null
        ? [`DTSTART;VALUE=DATE:${date}`, `DTEND;VALUE=DATE:${digits(addDays(today, day + 2))}`]
        : [`DTSTART;TZID=America/Toronto:${date}T${clock}00`, 'DURATION:PT45M']),
      ...(rule ? [`RRULE:${rule}`] : []),
      `SUMMARY:${title}`,
      `CATEGORIES:${networks}`,
      'END:VEVENT',
    ]
  })
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//plan//FR', ...events, 'END:VCALENDAR', ''].join('\r\n')
}
