'use client'

import { Search } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { iconButtonLook } from '../../_ui/icon-button.tsx'
import { Kbd } from '../../_ui/kbd.tsx'
import { useCommands } from './commands.tsx'

/** Opens the palette: a field-like line at the side of a large screen, an icon at the top of a phone. */
export function PaletteButton({ shape }: { shape: 'line' | 'icon' }) {
  const t = useTranslations('shell')
  const { openPalette, modifier } = useCommands()
  if (shape === 'icon') {
    return (
      <button type="button" onClick={openPalette} aria-label={t('search')} className={iconButtonLook()}>
        <Search aria-hidden="true" />
      </button>
    )
  }
  return (
    <button
      type="button"
      onClick={openPalette}
      aria-keyshortcuts={modifier === '⌘' ? 'Meta+K' : 'Control+K'}
      className="flex h-(--control) w-full items-center gap-2 rounded-sm border border-rule bg-sheet px-2.5 text-faint text-sm transition-colors hover:border-edge hover:text-soft"
    >
      <Search aria-hidden="true" className="size-4" />
      <span className="grow truncate text-left">{t('search')}</span>
      <Kbd keys={`${modifier} K`} />
    </button>
  )
}
