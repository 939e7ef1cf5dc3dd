import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { requireActor } from '#app/_gate/actor.ts'
import { services } from '#app/_gate/services.ts'
import { addDays, parseDay } from '#lib/domain/calendar/days.ts'
import { matcher, parseFilter } from '#lib/domain/calendar/filter.ts'
import { occurrencesOf } from '#lib/domain/calendar/recurrence.ts'
import { LIMITS, type PlainDay, type Slot } from '#lib/domain/calendar/slot.ts'
import { localDay, startOfDay } from '#lib/domain/calendar/zone.ts'
import { weekOf } from './_components/print-week.ts'
import { PrintedWeek } from './_components/printed-week.tsx'
import './_components/print.css'

type Props = { searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>> }

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('calendar.weekPage'))('title') }
}

/** One week on one page, from the rows: `?from=2026-11-22`, and the filter of the calendar’s address. */
export default async function Page({ searchParams }: Props) {
  const actor = await requireActor()
  const params = paramsOf(await searchParams)
  const { calendar, newsroom } = services()
  const [settings, name] = await Promise.all([calendar.settings(), newsroom.name()])
  const { zone } = settings
  const from = weekOf(firstAsked(params.get('from')) ?? localDay(Date.now(), zone))
  const to = addDays(from, 6)
  const rows = await calendar.range(actor, from, to)
  const drafts = await calendar.draftsOf(actor, [...new Set(rows.flatMap(({ slot }) => slot.draft ?? []))])
  const faces = new Map<string, (typeof drafts)[number]>(drafts.map((draft) => [draft.id, draft]))
  const asSeen = (slot: Slot): Slot => {
    const draft = slot.draft && faces.get(slot.draft)
    return draft ? { ...slot, title: draft.title || slot.title, stage: draft.stage } : slot
  }
  const match = matcher(parseFilter(params))
  const slots = rows.map(({ slot }) => asSeen(slot)).filter((slot) => match(slot))
  const occurrences = occurrencesOf(slots, startOfDay(from, zone), startOfDay(addDays(to, 1), zone), zone)
  return (
    <PrintedWeek
      newsroom={name ?? 'Pupitre'}
      from={from}
      occurrences={occurrences}
      zone={zone}
      locale={actor.locale}
      back={backTo(params, from)}
    />
  )
}

function paramsOf(given: Awaited<Props['searchParams']>): URLSearchParams {
  const params = new URLSearchParams()
  for (const [name, values] of Object.entries(given))
    for (const value of [values ?? []].flat()) params.append(name, value)
  return params
}

function firstAsked(text: string | null): PlainDay | null {
  const day = parseDay(text)
  return day && day > `${LIMITS.firstYear}-01-08` && day < `${LIMITS.lastYear}-12-24` ? day : null
}

/** The same week and filter in the calendar. */
function backTo(params: URLSearchParams, from: PlainDay): string {
  const back = new URLSearchParams(params)
  back.delete('from')
  back.set('view', 'week')
  back.set('date', from)
  return `/calendar?${back}`
}
