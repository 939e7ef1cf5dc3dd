'use client'

import { Dialog as Base } from '@base-ui/react/dialog'
import { Command } from 'cmdk'
import { Search } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { BACKDROP_LOOK } from '../../_ui/dialog.tsx'
import { Spinner } from '../../_ui/spinner.tsx'
import { useFoundDrafts } from './found-drafts.ts'
import { type PaletteLine, usePaletteGroups } from './palette-lines.ts'

type Props = { canCreate: boolean; onOpenChange: (open: boolean) => void; onHelp: () => void }

export function Palette({ canCreate, onOpenChange, onHelp }: Props) {
  const t = useTranslations('shell.palette')
  return (
    <Base.Root open onOpenChange={onOpenChange}>
      <Base.Portal>
        <Base.Backdrop className={BACKDROP_LOOK} />
        <Base.Popup className="fixed inset-x-0 top-0 z-50 mx-auto flex max-h-dvh animate-[appear_90ms_ease-out] flex-col overflow-hidden border-ink border-t-3 bg-sheet text-ink shadow-lift outline-none sm:top-[12dvh] sm:max-h-[70dvh] sm:max-w-xl sm:rounded-b-md">
          <Base.Title className="sr-only">{t('title')}</Base.Title>
          <Finder canCreate={canCreate} close={() => onOpenChange(false)} onHelp={onHelp} />
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}

type FinderProps = { canCreate: boolean; close: () => void; onHelp: () => void }

function Finder({ canCreate, close, onHelp }: FinderProps) {
  const t = useTranslations('shell.palette')
  const [search, setSearch] = useState('')
  const [chosen, setChosen] = useState('')
  const { drafts, busy } = useFoundDrafts(search)
  const groups = usePaletteGroups(search, drafts, { canCreate, onHelp })
  const lines = groups.flatMap((group) => group.lines)
  // Always one line chosen: the same as before while it is there, else the first.
  const selected = lines.some((line) => line.id === chosen) ? chosen : (lines[0]?.id ?? '')
  return (
    <Command
      label={t('title')}
      loop
      shouldFilter={false}
      value={selected}
      onValueChange={setChosen}
      className="flex min-h-0 flex-col"
    >
      <div className="flex items-center gap-2.5 border-rule border-b px-4">
        {busy ? (
          <Spinner className="size-4.5 text-faint" />
        ) : (
          <Search aria-hidden="true" className="size-4.5 text-faint" />
        )}
        <Command.Input
          autoFocus
          value={search}
          onValueChange={(text) => {
            setSearch(text)
            setChosen('')
          }}
          placeholder={t('placeholder')}
          className="h-13 min-w-0 grow bg-transparent text-base outline-none pointer-coarse:text-[1rem]"
        />
      </div>
      <Command.List className="min-h-0 scroll-py-2 overflow-y-auto overscroll-contain p-2">
        {lines.length === 0 && (
          <p role="status" className="px-3 py-8 text-center text-soft">
            {busy ? t('searching') : t('nothing')}
          </p>
        )}
        {groups.map((group) => (
          <Command.Group
            key={group.id}
            heading={t(group.id)}
            className="pb-1.5 [&_[cmdk-group-heading]]:kicker [&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1"
          >
            {group.lines.map((line) => (
              <Line key={line.id} line={line} serif={group.id === 'drafts'} close={close} />
            ))}
          </Command.Group>
        ))}
      </Command.List>
    </Command>
  )
}

type LineProps = { line: PaletteLine; serif: boolean; close: () => void }

function Line({ line: { id, icon: Icon, label, run }, serif, close }: LineProps) {
  return (
    <Command.Item
      value={id}
      onSelect={() => {
        close()
        run()
      }}
      className="flex min-h-(--control) cursor-pointer select-none items-center gap-2.5 rounded-sm px-2.5 data-[selected=true]:bg-accent-wash data-[selected=true]:text-accent"
    >
      <Icon aria-hidden="true" className="size-4 shrink-0 opacity-70" />
      <span className={serif ? 'truncate font-serif' : 'truncate'}>{label}</span>
    </Command.Item>
  )
}
