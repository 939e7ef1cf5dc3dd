'use client'

import {
  FileText,
  Keyboard,
  Languages,
  ListChecks,
  type LucideIcon,
  Plus,
  ScrollText,
  SunMoon,
  UserRound,
} from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useLocale, useTranslations } from 'next-intl'
import { can, LOCALES } from '#lib/domain/permissions.ts'
import { foldForSearch, wordsForSearch } from '#lib/domain/text.ts'
import type { DraftSummary } from '#lib/protocol/newsroom-events.ts'
import { useErrorText } from '../../_i18n/error-text.ts'
import { applyTheme, THEMES } from '../../_ui/theme.ts'
import { toast } from '../../_ui/toast.ts'
import { attempt } from '../../_ui/use-form.ts'
import { usePeople } from '../_people/people.tsx'
import { createDraft } from '../drafts/actions.ts'
import { useChooseLocale } from './choose-locale.ts'
import { DESTINATIONS } from './destinations.ts'

export type PaletteLine = {
  readonly id: string
  readonly icon: LucideIcon
  readonly label: string
  readonly run: () => void
}

export type PaletteGroup = {
  readonly id: 'go' | 'drafts' | 'commands'
  readonly lines: readonly PaletteLine[]
}

/**
 * What the palette offers for what was typed. The drafts come from the server a moment later than the rest:
 * they go below it, so that nobody’s Enter lands on a line that has just moved under it.
 */
export function usePaletteGroups(
  search: string,
  drafts: readonly DraftSummary[],
  { canCreate, onHelp }: { canCreate: boolean; onHelp: () => void },
): readonly PaletteGroup[] {
  const go = { id: 'go', lines: useDestinationLines() } as const
  const commands = { id: 'commands', lines: useCommandLines(canCreate, onHelp) } as const
  const found = { id: 'drafts', lines: useDraftLines(drafts) } as const
  if (wordsForSearch(search).length === 0) return [go, found, commands].filter(isFilled)
  return [narrow(go, search), narrow(commands, search), found].filter(isFilled)
}

const isFilled = (group: PaletteGroup) => group.lines.length > 0

/** Keeps the lines in which every word typed begins one of theirs, whatever the accents. */
function narrow(group: PaletteGroup, search: string): PaletteGroup {
  const typed = wordsForSearch(search)
  const fits = (line: PaletteLine) => {
    const words = foldForSearch(line.label).split(/\s+/)
    return typed.every((part) => words.some((word) => word.startsWith(part)))
  }
  return { ...group, lines: group.lines.filter(fits) }
}

function useDraftLines(drafts: readonly DraftSummary[]): readonly PaletteLine[] {
  const t = useTranslations('shell.palette')
  const router = useRouter()
  return drafts.map(({ id, title }) => ({
    id,
    icon: FileText,
    label: title || t('untitled'),
    run: () => router.push(`/drafts/${id}`),
  }))
}

function useDestinationLines(): readonly PaletteLine[] {
  const t = useTranslations('shell')
  const review = useTranslations('review.rules')
  const router = useRouter()
  const { me } = usePeople()
  const rooms = DESTINATIONS.map(({ key, href, icon }) => ({ key, href, icon, label: t(`rooms.${key}`) }))
  const profile = { key: 'profile', href: '/profile', icon: UserRound, label: t('palette.profile') }
  const rules = { key: 'rules', href: '/team/review', icon: ListChecks, label: review('title') }
  const log = { key: 'audit', href: '/audit', icon: ScrollText, label: t('palette.audit') }
  const logs = can({ volunteerId: me.id, role: me.role }, 'audit.read', null) ? [log] : []
  return [...rooms, rules, ...logs, profile].map(({ key, href, ...line }) => ({
    ...line,
    id: key,
    run: () => router.push(href),
  }))
}

function useCommandLines(canCreate: boolean, onHelp: () => void): readonly PaletteLine[] {
  const t = useTranslations('shell')
  const common = useTranslations('common')
  const locale = useLocale()
  const chooseLocale = useChooseLocale()
  const begin = useBeginDraft()
  return [
    ...(canCreate ? [{ id: 'new', icon: Plus, label: t('palette.newDraft'), run: () => void begin() }] : []),
    ...THEMES.map((theme) => ({
      id: theme,
      icon: SunMoon,
      label: t('palette.theme', { theme: t(`themes.${theme}`) }),
      run: () => applyTheme(theme),
    })),
    ...LOCALES.filter((other) => other !== locale).map((other) => ({
      id: other,
      icon: Languages,
      label: t('palette.language', { language: common(`languages.${other}`) }),
      run: () => void chooseLocale(other),
    })),
    { id: 'help', icon: Keyboard, label: t('palette.help'), run: onHelp },
  ]
}

function useBeginDraft() {
  const router = useRouter()
  const errorText = useErrorText()
  return async () => {
    const made = await attempt(() => createDraft({ title: '' }))
    if (made.ok) router.push(`/drafts/${made.value}`)
    else toast.failed(errorText(made.error) ?? '')
  }
}
