'use client'

import { MessageSquareText } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useCell } from '#app/_collab/use-cell.ts'
import { iconButtonLook } from '#app/_ui/icon-button.tsx'
import { Tooltip } from '#app/_ui/tooltip.tsx'
import { useDesk } from '../desk.tsx'
import { useThreadsDesk } from './threads-desk.tsx'

/** How many threads are open on this draft; opens the list of them. */
export function ThreadsButton() {
  const t = useTranslations('threads')
  const { panel, openPanel } = useDesk()
  const count = useCell(useThreadsDesk().open) ?? 0
  const label = t('openCount', { count })
  return (
    <Tooltip label={label}>
      <button
        type="button"
        aria-label={label}
        aria-expanded={panel === 'threads'}
        onClick={() => openPanel(panel === 'threads' ? null : 'threads')}
        className={iconButtonLook('relative aria-expanded:bg-accent-wash aria-expanded:text-accent')}
      >
        <MessageSquareText aria-hidden="true" />
        {count > 0 && (
          <span
            aria-hidden="true"
            className="figures absolute top-0.5 right-0 min-w-4 rounded-full bg-accent px-1 text-center font-semibold text-[0.625rem] text-on-accent leading-4"
          >
            {count > 99 ? '99+' : count}
          </span>
        )}
      </button>
    </Tooltip>
  )
}
