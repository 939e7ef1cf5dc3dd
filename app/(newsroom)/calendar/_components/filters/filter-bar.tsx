'use client'

import { Check, ChevronDown, Funnel, Link2, X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useCell } from '#app/_collab/use-cell.ts'
import { Button } from '#app/_ui/button.tsx'
import { Dialog } from '#app/_ui/dialog.tsx'
import { Menu } from '#app/_ui/menu.tsx'
import { isFiltering, NO_FILTER, type SlotFilter } from '#lib/domain/calendar/filter.ts'
import { useCalendar } from '../model.ts'
import { ChannelChips, FilterChoices } from './filter-choices.tsx'
import { FilterMenuLine } from './filter-menu-line.tsx'
import { FilterText } from './filter-text.tsx'
import { type Dimension, useDimensions } from './filters-dimensions.ts'

/** How many things are chosen: what the button of a phone says while its sheet is closed. */
const countChosen = (filter: SlotFilter): number =>
  filter.channels.length +
  filter.owners.length +
  filter.stages.length +
  filter.tags.length +
  (filter.text === '' ? 0 : 1)

/** Narrows what every view shows. All that is chosen is in the address of the page: its copy shows the same. */
export function FilterBar() {
  const t = useTranslations('calendar.filters')
  const dimensions = useDimensions()
  return (
    <search aria-label={t('label')}>
      <div className="hidden flex-wrap items-center gap-x-2 gap-y-1.5 py-2 md:flex">
        <ChannelChips />
        {dimensions.map((dimension) => (
          <DimensionMenu key={dimension.name} dimension={dimension} />
        ))}
        <FilterText className="w-44" />
        <Clear />
        <CopyAddress small />
      </div>
      <div className="flex items-center gap-2 py-1.5 md:hidden">
        <FilterSheet />
        <Clear />
      </div>
    </search>
  )
}

function DimensionMenu({ dimension }: { dimension: Dimension }) {
  const { label, choices, chosen } = dimension
  if (choices.length === 0) return null
  return (
    <Menu
      align="start"
      trigger={
        <Button kind={chosen > 0 ? 'quiet' : 'ghost'} size="small">
          {label}
          {chosen > 0 && <Count>{chosen}</Count>}
          <ChevronDown aria-hidden="true" className="size-3.5" />
        </Button>
      }
    >
      <div className="max-h-[min(60dvh,24rem)] overflow-y-auto">
        {choices.map((choice) => (
          <FilterMenuLine key={choice.key} choice={choice} />
        ))}
      </div>
    </Menu>
  )
}

function FilterSheet() {
  const t = useTranslations('calendar.filters')
  const common = useTranslations('common')
  const [open, setOpen] = useState(false)
  const count = countChosen(useCell(useCalendar().filter))
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)} aria-haspopup="dialog">
        <Funnel aria-hidden="true" className="size-4" />
        {t('open')}
        {count > 0 && (
          <>
            <Count>{count}</Count>
            <span className="sr-only">{t('active', { count })}</span>
          </>
        )}
      </Button>
      <Dialog open={open} onOpenChange={setOpen} title={t('label')} closeLabel={common('close')}>
        <div className="flex flex-col gap-5">
          <FilterChoices />
          <div className="flex flex-wrap justify-between gap-2">
            <CopyAddress />
            <Button kind="primary" onClick={() => setOpen(false)}>
              {t('show')}
            </Button>
          </div>
        </div>
      </Dialog>
    </>
  )
}

function Count({ children }: { children: number }) {
  return (
    <span
      aria-hidden="true"
      className="figures grid h-4.5 min-w-4.5 place-items-center rounded-full bg-accent px-1 text-on-accent text-xs"
    >
      {children}
    </span>
  )
}

function Clear() {
  const t = useTranslations('calendar.filters')
  const model = useCalendar()
  if (!isFiltering(useCell(model.filter))) return null
  return (
    <Button
      kind="ghost"
      size="small"
      aria-label={t('clear')}
      title={t('clear')}
      onClick={() => model.setFilter(NO_FILTER)}
    >
      <X aria-hidden="true" className="size-4" />
      {t('clearShort')}
    </Button>
  )
}

/** The address bar does not exist in an app on the home screen of a phone. */
function CopyAddress({ small = false }: { small?: boolean }) {
  const t = useTranslations('calendar.filters')
  const filtering = isFiltering(useCell(useCalendar().filter))
  const [copied, setCopied] = useState(false)
  if (!filtering) return null
  const copy = async () => {
    const copying = navigator.clipboard.writeText(location.href)
    setCopied(
      await copying.then(
        () => true,
        () => false,
      ),
    )
  }
  const Icon = copied ? Check : Link2
  return (
    <Button
      kind="ghost"
      size="small"
      title={t('copy')}
      onClick={() => void copy()}
      onBlur={() => setCopied(false)}
    >
      <Icon aria-hidden="true" className="size-4" />
      <span aria-live="polite" className={small ? 'max-2xl:sr-only' : undefined}>
        {copied ? t('copied') : t('copy')}
      </span>
    </Button>
  )
}
