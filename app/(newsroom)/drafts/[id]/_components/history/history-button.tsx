'use client'

import { History } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { iconButtonLook } from '#app/_ui/icon-button.tsx'
import { Tooltip } from '#app/_ui/tooltip.tsx'
import { useDesk } from '../desk.tsx'

/** Opens the history of the draft. */
export function HistoryButton() {
  const t = useTranslations('history')
  const { panel, openPanel } = useDesk()
  const label = t('open')
  return (
    <Tooltip label={label}>
      <button
        type="button"
        aria-label={label}
        aria-expanded={panel === 'history'}
        onClick={() => openPanel(panel === 'history' ? null : 'history')}
        className={iconButtonLook('aria-expanded:bg-accent-wash aria-expanded:text-accent')}
      >
        <History aria-hidden="true" />
      </button>
    </Tooltip>
  )
}
