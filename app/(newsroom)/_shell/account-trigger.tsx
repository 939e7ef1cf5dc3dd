'use client'

import { ChevronsUpDown } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ComponentProps } from 'react'
import { Avatar } from '../../_ui/avatar.tsx'
import type { Theme } from '../../_ui/theme.ts'
import { VisuallyHidden } from '../../_ui/visually-hidden.tsx'

export type AccountMenuProps = {
  who: { id: string; name: string; color: string; role: string }
  theme: Theme
  /** A whole line at the side, or only the face at the top of a phone. */
  shape: 'line' | 'face'
}

type TriggerProps = Pick<AccountMenuProps, 'who'> & ComponentProps<'button'>

export function LineTrigger({ who, ...rest }: TriggerProps) {
  const t = useTranslations('shell')
  return (
    <button
      type="button"
      {...rest}
      className="flex w-full items-center gap-2.5 rounded-sm p-2 text-left hover:bg-well data-popup-open:bg-well"
    >
      <Avatar {...who} decorative />
      <span className="min-w-0 grow">
        <span className="block truncate font-medium text-sm">{who.name}</span>
        <span className="block truncate text-faint text-xs">{who.role}</span>
      </span>
      <VisuallyHidden>{t('account.label')}</VisuallyHidden>
      <ChevronsUpDown aria-hidden="true" className="size-4 text-faint" />
    </button>
  )
}

export function FaceTrigger({ who, ...rest }: TriggerProps) {
  const t = useTranslations('shell')
  return (
    <button type="button" {...rest} className="grid size-(--control) place-items-center rounded-sm">
      <Avatar {...who} decorative />
      <VisuallyHidden>
        {who.name} {t('account.label')}
      </VisuallyHidden>
    </button>
  )
}
