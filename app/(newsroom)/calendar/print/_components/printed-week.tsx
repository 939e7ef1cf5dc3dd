import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { buttonLook } from '#app/_ui/button-look.ts'
import { addDays } from '#lib/domain/calendar/days.ts'
import type { Occurrence, PlainDay } from '#lib/domain/calendar/slot.ts'
import type { Locale } from '#lib/domain/permissions.ts'
import { daysWords, dayWords, timeWords } from '../../_components/agenda/agenda-words.ts'
import { PrintButton } from './print-button.tsx'
import { daysOfWeek, density, type PrintedDay } from './print-week.ts'

type Props = {
  newsroom: string
  from: PlainDay
  occurrences: readonly Occurrence[]
  zone: string
  locale: Locale
  /** Address of the same week in the calendar. */
  back: string
}

/** A week as it hangs on a wall: ink on paper, the entity’s name and nobody else’s. */
export function PrintedWeek({ newsroom, from, occurrences, zone, locale, back }: Props) {
  const t = useTranslations('calendar.weekPage')
  const days = daysOfWeek(from, occurrences, zone)
  const to = addDays(from, 6)
  return (
    <div className="printed-place">
      <div className="printed-bar">
        <Link href={back} className={buttonLook('quiet')}>
          {t('back')}
        </Link>
        <PrintButton />
      </div>
      <article className="printed-week" data-density={density(days)}>
        <header>
          <p>{newsroom}</p>
          <h1>{t('week', { days: `${daysWords(from, to, locale)} ${to.slice(0, 4)}` })}</h1>
        </header>
        <div className="printed-days">
          {days.map((day) => (
            <Day key={day.day} {...day} zone={zone} locale={locale} />
          ))}
        </div>
      </article>
    </div>
  )
}

function Day({ day, occurrences, zone, locale }: PrintedDay & Pick<Props, 'zone' | 'locale'>) {
  return (
    <section>
      <h2>
        <span>{dayWords(day, locale, 'weekday')}</span> <b>{Number(day.slice(8))}</b>
      </h2>
      <ul>
        {occurrences.map((one) => (
          <Entry key={`${one.slot.id} ${one.day}`} occurrence={one} zone={zone} locale={locale} />
        ))}
      </ul>
    </section>
  )
}

type EntryProps = { occurrence: Occurrence } & Pick<Props, 'zone' | 'locale'>

function Entry({ occurrence: { slot, start }, zone, locale }: EntryProps) {
  const t = useTranslations('calendar.weekPage')
  const channels = useTranslations('common.channels')
  const stages = useTranslations('common.stages')
  const where = slot.channels.map((channel) => channels(channel)).join(', ')
  return (
    <li>
      <p className="printed-when">
        {slot.time.kind === 'timed' ? timeWords(start, locale, zone) : t('allDay')}
      </p>
      <p className="printed-title">{slot.title || t('untitled')}</p>
      <p className="printed-where">{[where, stages(slot.stage)].filter(Boolean).join(' · ')}</p>
    </li>
  )
}
