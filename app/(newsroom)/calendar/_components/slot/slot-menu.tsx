'use client'

import {
  CalendarArrowUp,
  CopyPlus,
  Ellipsis,
  Link2,
  LockKeyhole,
  LockKeyholeOpen,
  Trash2,
} from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useCell } from '#app/_collab/use-cell.ts'
import { iconButtonLook } from '#app/_ui/icon-button.tsx'
import { Menu, MenuItem, MenuSeparator } from '#app/_ui/menu.tsx'
import { useOnDemand } from '#app/_ui/on-demand.ts'
import type { PlainDay, Slot } from '#lib/domain/calendar/slot.ts'
import { faceOf, useCalendar } from '../model.ts'
import { askMove } from '../move/move-dialog.tsx'
import { useLockActs } from './lock-acts.ts'
import { useSlotActs } from './slot-menu-acts.ts'

const loadLockDialog = () => import('./lock-dialog.tsx').then((module) => module.LockDialog)

type Props = { slot: Slot; day: PlainDay; archived: boolean }

/** What one does with a slot as a whole. */
export function SlotMenu({ slot, day, archived }: Props) {
  const t = useTranslations('calendar.sheet.menu')
  const model = useCalendar()
  const { rights } = model
  const { title } = faceOf(slot, useCell(model.drafts))
  const locks = useCell(model.locks)
  const acts = useSlotActs(slot, day)
  const lockWords = useTranslations('calendar.sheet.lock')
  const { lock, unlock } = useLockActs()
  const [locking, setLocking] = useState(false)
  const { Part: LockDialog, want } = useOnDemand(loadLockDialog)
  const locked = locks.some(({ target }) => target.type === 'slot' && target.slot === slot.id)
  return (
    <>
      <Menu
        trigger={
          <button type="button" aria-label={t('label')} className={iconButtonLook()}>
            <Ellipsis aria-hidden="true" />
          </button>
        }
      >
        {rights.write && (
          <MenuItem
            icon={<CalendarArrowUp />}
            disabled={!rights.move(slot)}
            onSelect={() => askMove({ slot: slot.id, day })}
          >
            {t('move')}
          </MenuItem>
        )}
        {rights.write && (
          <MenuItem icon={<CopyPlus />} onSelect={acts.duplicate}>
            {t('duplicate')}
          </MenuItem>
        )}
        <MenuItem icon={<Link2 />} onSelect={() => void acts.copyLink()}>
          {t('copyLink')}
        </MenuItem>
        {rights.lock && !archived && (
          <MenuItem
            icon={locked ? <LockKeyholeOpen /> : <LockKeyhole />}
            onSelect={() => {
              if (locked) return void unlock({ type: 'slot', slot: slot.id })
              want()
              setLocking(true)
            }}
          >
            {t(locked ? 'unlock' : 'lock')}
          </MenuItem>
        )}
        {rights.write && <MenuSeparator />}
        {rights.write && (
          <MenuItem
            icon={<Trash2 />}
            danger
            disabled={!rights.remove(slot)}
            onSelect={() => void (archived ? acts.removeArchived() : acts.remove())}
          >
            {t('remove')}
          </MenuItem>
        )}
      </Menu>
      {locking && LockDialog && (
        <LockDialog
          title={lockWords('title', { title })}
          meaning={lockWords('meaning')}
          onLock={(reason) => lock({ type: 'slot', slot: slot.id }, reason)}
          onClose={() => setLocking(false)}
        />
      )}
    </>
  )
}
