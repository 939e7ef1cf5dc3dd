'use client'

import { CalendarDays, Copy, Ellipsis, Lock as LockIcon, LockOpen } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { classNames } from '#app/_ui/class-names.ts'
import { Menu, MenuItem, MenuSeparator } from '#app/_ui/menu.tsx'
import type { Lock } from '#lib/documents/calendar/locks.ts'
import type { PlainDay } from '#lib/domain/calendar/slot.ts'
import { dayWords } from '../agenda/agenda-words.ts'
import { showDialog } from '../dialog-asked.ts'
import { useCalendar } from '../model.ts'
import { useDayLock } from './day-lock-acts.ts'

type Props = { day: PlainDay; lock: Lock | null; className?: string }

/** What can be done with a whole day, wherever it is shown. */
export function DayMenu({ day, lock, className }: Props) {
  const t = useTranslations('calendar.agenda.day')
  const model = useCalendar()
  const { rights, locale } = model
  const { unlock } = useDayLock()
  return (
    <Menu
      align="start"
      trigger={
        <button
          type="button"
          aria-label={t('menu', { day: dayWords(day, locale, 'long') })}
          className={classNames(
            'inline-grid size-(--control-small) shrink-0 place-items-center rounded-sm text-faint hover:bg-well hover:text-ink',
            className,
          )}
        >
          <Ellipsis aria-hidden="true" className="size-4" />
        </button>
      }
    >
      <MenuItem icon={<CalendarDays />} onSelect={() => model.setFilter({ view: 'day', date: day })}>
        {t('open')}
      </MenuItem>
      {rights.write && (
        <MenuItem icon={<Copy />} onSelect={() => showDialog({ name: 'copyDays', from: day, to: day })}>
          {t('copy')}
        </MenuItem>
      )}
      {rights.lock && <MenuSeparator />}
      {rights.lock && !lock && (
        <MenuItem icon={<LockIcon />} onSelect={() => showDialog({ name: 'lockDay', day })}>
          {t('lock')}
        </MenuItem>
      )}
      {rights.lock && lock && (
        <MenuItem icon={<LockOpen />} onSelect={() => void unlock(day)}>
          {t('unlock')}
        </MenuItem>
      )}
    </Menu>
  )
}
