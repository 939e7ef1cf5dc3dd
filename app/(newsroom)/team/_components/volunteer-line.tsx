'use client'

import { Ellipsis, UserRoundCheck, UserRoundX } from 'lucide-react'
import { useFormatter, useTranslations } from 'next-intl'
import { useState } from 'react'
import type { VolunteerId } from '#lib/domain/ids.ts'
import type { Role } from '#lib/domain/permissions.ts'
import { Avatar } from '../../../_ui/avatar.tsx'
import { Badge } from '../../../_ui/badge.tsx'
import { iconButtonLook } from '../../../_ui/icon-button.tsx'
import { Menu, MenuItem } from '../../../_ui/menu.tsx'
import { AccessDialog } from './access-dialog.tsx'
import { RoleSelect } from './role-select.tsx'

export type VolunteerLineData = {
  id: VolunteerId
  name: string
  email: string | null
  color: string
  role: Role
  createdAt: string
  suspended: boolean
  you: boolean
  /** Whether the person who looks may change this one. */
  manageable: boolean
}

export function VolunteerLine({ volunteer }: { volunteer: VolunteerLineData }) {
  const t = useTranslations('team')
  const common = useTranslations('common')
  const format = useFormatter()
  const [asking, setAsking] = useState(false)
  const { name, color, role, suspended, manageable } = volunteer
  const action = suspended ? 'reinstate' : 'suspend'
  const since = t('since', { date: format.dateTime(new Date(volunteer.createdAt), { dateStyle: 'long' }) })
  return (
    <li className="grid grid-cols-[auto_minmax(0,1fr)_auto] items-center gap-x-3 border-rule border-b py-2.5 sm:grid-cols-[auto_minmax(0,1fr)_10rem_2.75rem]">
      <Avatar name={name} color={color} decorative className={suspended ? 'grayscale' : ''} />
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
          <span className={suspended ? 'text-soft' : 'font-medium'}>{name}</span>
          {volunteer.you && <Badge tone="accent">{t('you')}</Badge>}
          {suspended && <Badge tone="warn">{t('suspended')}</Badge>}
        </p>
        <p className="truncate text-faint text-sm">{volunteer.email ?? since}</p>
      </div>
      <div className="max-sm:order-4 max-sm:col-start-2 max-sm:mt-1">
        {manageable && !suspended ? (
          <RoleSelect volunteer={volunteer} />
        ) : (
          <span className="text-soft text-sm sm:px-2.5">{common(`roles.${role}`)}</span>
        )}
      </div>
      <div className="max-sm:row-span-1 max-sm:row-start-1 max-sm:col-start-3 max-sm:self-start">
        {manageable && (
          <Menu
            trigger={
              <button type="button" aria-label={t('more', { name })} className={iconButtonLook()}>
                <Ellipsis aria-hidden="true" />
              </button>
            }
          >
            <MenuItem
              icon={suspended ? <UserRoundCheck /> : <UserRoundX />}
              danger={!suspended}
              onSelect={() => setAsking(true)}
            >
              {t(`${action}.action`)}
            </MenuItem>
          </Menu>
        )}
      </div>
      {asking && (
        <AccessDialog id={volunteer.id} name={name} action={action} onClose={() => setAsking(false)} />
      )}
    </li>
  )
}
