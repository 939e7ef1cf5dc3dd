'use client'

import { Dialog as Base } from '@base-ui/react/dialog'
import { Command } from 'cmdk'
import {
  FileText,
  Keyboard,
  Languages,
  type LucideIcon,
  Plus,
  Search,
  SunMoon,
  UserRound,
} from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useLocale, useTranslations } from 'next-intl'
import { type ReactNode, useState } from 'react'
import { LOCALES } from '#lib/domain/permissions.ts'
import { foldForSearch } from '#lib/domain/text.ts'
import { useErrorText } from '../../_i18n/error-text.ts'
import { BACKDROP_LOOK } from '../../_ui/dialog.tsx'
import { Spinner } from '../../_ui/spinner.tsx'
import { applyTheme, THEMES } from '../../_ui/theme.ts'
import { toast } from '../../_ui/toast.ts'
import { attempt } from '../../_ui/use-form.ts'
import { createDraft } from '../drafts/actions.ts'
import { useChooseLocale } from './choose-locale.ts'
import { DESTINATIONS } from './destinations.ts'
import { useFoundDrafts } from './found-drafts.ts'

type Props = { canCreate: boolean; onOpenChange: (open: boolean) => void; onHelp: () => void }

export function Palette({ canCreate, onOpenChange, onHelp }: Props) {
  const t = useTranslations('shell.palette')
  const [search, setSearch] = useState('')
  const found = useFoundDrafts(search)
  return (
    <Base.Root open onOpenChange={onOpenChange}>
      <Base.Portal>
        <Base.Backdrop className={BACKDROP_LOOK} />
        <Base.Popup className="fixed inset-x-0 top-0 z-50 mx-auto flex max-h-dvh animate-[appear_90ms_ease-out] flex-col overflow-hidden border-ink border-t-3 bg-sheet text-ink shadow-lift outline-none sm:top-[12dvh] sm:max-h-[70dvh] sm:max-w-xl sm:rounded-b-md">
          <Base.Title className="sr-only">{t('title')}</Base.Title>
          <Command label={t('title')} loop filter={matches} className="flex min-h-0 flex-col">
            <div className="flex items-center gap-2.5 border-rule border-b px-4">
              {found.busy ? (
                <Spinner className="text-faint" />
              ) : (
                <Search aria-hidden="true" className="size-4.5 text-faint" />
              )}
              <Command.Input
                autoFocus
                value={search}
                onValueChange={setSearch}
                placeholder={t('placeholder')}
                className="h-13 min-w-0 grow bg-transparent text-base outline-none pointer-coarse:text-[1rem]"
              />
            </div>
            <Command.List className="min-h-0 scroll-py-2 overflow-y-auto overscroll-contain p-2">
              <Command.Empty className="px-3 py-8 text-center text-soft">
                {found.busy ? t('searching') : t('nothing')}
              </Command.Empty>
              <Lines
                canCreate={canCreate}
                drafts={found.drafts}
                close={() => onOpenChange(false)}
                onHelp={onHelp}
              />
            </Command.List>
          </Command>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}

/** The server has already chosen the drafts; the rest matches when every word typed begins one of its words. */
function matches(value: string, search: string): number {
  if (value.startsWith('draft ')) return 1
  const words = foldForSearch(value).split(/\s+/)
  const typed = foldForSearch(search).split(/\s+/).filter(Boolean)
  return typed.every((part) => words.some((word) => word.startsWith(part))) ? 1 : 0
}

type LinesProps = {
  canCreate: boolean
  drafts: ReturnType<typeof useFoundDrafts>['drafts']
  close: () => void
  onHelp: () => void
}

function Lines({ canCreate, drafts, close, onHelp }: LinesProps) {
  const t = useTranslations('shell')
  const p = useTranslations('shell.palette')
  const common = useTranslations('common')
  const router = useRouter()
  const locale = useLocale()
  const chooseLocale = useChooseLocale()
  const errorText = useErrorText()
  const go = (href: string) => () => {
    close()
    router.push(href)
  }
  async function begin() {
    close()
    const made = await attempt(() => createDraft({ title: '' }))
    if (made.ok) router.push(`/drafts/${made.value}`)
    else toast.failed(errorText(made.error) ?? '')
  }
  return (
    <>
      {drafts.length > 0 && (
        <Group heading={p('drafts')}>
          {drafts.map((draft) => (
            <Line
              key={draft.id}
              value={`draft ${draft.id}`}
              icon={FileText}
              onSelect={go(`/drafts/${draft.id}`)}
            >
              <span className="truncate font-serif">{draft.title || p('untitled')}</span>
            </Line>
          ))}
        </Group>
      )}
      <Group heading={p('go')}>
        {DESTINATIONS.map(({ href, key, icon }) => (
          <Line key={key} icon={icon} onSelect={go(href)}>
            {t(`rooms.${key}`)}
          </Line>
        ))}
        <Line icon={UserRound} onSelect={go('/profile')}>
          {p('profile')}
        </Line>
      </Group>
      <Group heading={p('commands')}>
        {canCreate && (
          <Line icon={Plus} onSelect={() => void begin()}>
            {p('newDraft')}
          </Line>
        )}
        {THEMES.map((theme) => (
          <Line
            key={theme}
            icon={SunMoon}
            onSelect={() => {
              applyTheme(theme)
              close()
            }}
          >
            {p('theme', { theme: t(`themes.${theme}`) })}
          </Line>
        ))}
        {LOCALES.filter((value) => value !== locale).map((value) => (
          <Line
            key={value}
            icon={Languages}
            onSelect={() => {
              close()
              void chooseLocale(value)
            }}
          >
            {p('language', { language: common(`languages.${value}`) })}
          </Line>
        ))}
        <Line icon={Keyboard} onSelect={onHelp}>
          {p('help')}
        </Line>
      </Group>
    </>
  )
}

function Group({ heading, children }: { heading: string; children: ReactNode }) {
  return (
    <Command.Group
      heading={heading}
      className="pb-1.5 [&_[cmdk-group-heading]]:kicker [&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1"
    >
      {children}
    </Command.Group>
  )
}

type LineProps = { value?: string; icon: LucideIcon; onSelect: () => void; children: ReactNode }

function Line({ icon: Icon, children, ...rest }: LineProps) {
  return (
    <Command.Item
      {...rest}
      className="flex min-h-(--control) cursor-pointer select-none items-center gap-2.5 rounded-sm px-2.5 data-[selected=true]:bg-accent-wash data-[selected=true]:text-accent"
    >
      <Icon aria-hidden="true" className="size-4 shrink-0 opacity-70" />
      {children}
    </Command.Item>
  )
}
