'use client'

import {
  CalendarSync,
  Copy,
  Download,
  Ellipsis,
  FileSpreadsheet,
  Import,
  Printer,
  Search,
  Settings,
} from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useCell } from '#app/_collab/use-cell.ts'
import { iconButtonLook } from '#app/_ui/icon-button.tsx'
import { Menu, MenuItem, MenuLink, MenuSeparator } from '#app/_ui/menu.tsx'
import { type CalendarFilter, filterParams } from '#lib/domain/calendar/filter.ts'
import type { PlainDay } from '#lib/domain/calendar/slot.ts'
import { showDialog } from './dialog-asked.ts'
import { firstWeekday, type Period, periodOf } from './grid/grid-period.ts'
import { useCalendar } from './model.ts'

const FORMATS = [
  { format: 'ics', icon: <Download /> },
  { format: 'csv', icon: <FileSpreadsheet /> },
  { format: 'json', icon: <Download /> },
] as const

/** What one does now and then with the plan as a whole. */
export function MoreMenu() {
  const t = useTranslations('calendar.import.menu')
  const model = useCalendar()
  const { rights } = model
  const { view, day } = useCell(model.shown)
  const filter = useCell(model.filter)
  const first = firstWeekday(model.locale)
  const week = periodOf('week', day, first)
  const period = periodOf(view === 'agenda' ? 'month' : view, day, first)
  return (
    <Menu
      trigger={
        <button type="button" aria-label={t('label')} className={iconButtonLook()}>
          <Ellipsis aria-hidden="true" />
        </button>
      }
    >
      <MenuItem icon={<Search />} onSelect={() => showDialog({ name: 'search' })}>
        {t('search')}
      </MenuItem>
      {rights.write && (
        <>
          <MenuItem icon={<Copy />} onSelect={() => showDialog({ name: 'copyDays', from: day, to: day })}>
            {t('copyDay')}
          </MenuItem>
          <MenuItem icon={<Copy />} onSelect={() => showDialog({ name: 'copyDays', ...week })}>
            {t('copyWeek')}
          </MenuItem>
        </>
      )}
      <MenuSeparator />
      <MenuItem icon={<CalendarSync />} onSelect={() => showDialog({ name: 'feed' })}>
        {t('feed')}
      </MenuItem>
      <MenuLink icon={<Printer />} link={<Link href={printAddress(week.from, filter)} />}>
        {t('print')}
      </MenuLink>
      {FORMATS.map(({ format, icon }) => (
        // A plain link: the browser saves the file, the router has nothing to do with it.
        <MenuLink key={format} icon={icon} link={<a href={exportAddress(period, filter, format)} download />}>
          {t(`export.${format}`)}
        </MenuLink>
      ))}
      {rights.importFiles && (
        <MenuItem icon={<Import />} onSelect={() => showDialog({ name: 'import', file: null })}>
          {t('import')}
        </MenuItem>
      )}
      {rights.configure && <MenuSeparator />}
      {rights.configure && (
        <MenuItem icon={<Settings />} onSelect={() => showDialog({ name: 'settings' })}>
          {t('settings')}
        </MenuItem>
      )}
    </Menu>
  )
}

/** One week, with the filter of the page. */
function printAddress(from: PlainDay, filter: CalendarFilter): string {
  const params = filterParams({ ...filter, view: null, date: null })
  params.set('from', from)
  return `/calendar/print?${params}`
}

function exportAddress({ from, to }: Period, filter: CalendarFilter, format: string): string {
  const params = new URLSearchParams({ from, to, format })
  const [channel, ...others] = filter.channels
  // A file of one channel can be asked for; of several, it is the whole.
  if (channel && others.length === 0) params.set('channel', channel)
  return `/api/calendar/export?${params}`
}
