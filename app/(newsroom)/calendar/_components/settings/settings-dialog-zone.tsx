'use client'

import { Combobox } from '@base-ui/react/combobox'
import { Check, ChevronDown } from 'lucide-react'
import { useLocale, useTranslations } from 'next-intl'
import { useId, useMemo } from 'react'
import { FIELD_LOOK } from '#app/_ui/field-look.ts'
import { foldForSearch } from '#lib/domain/text.ts'

/** How many lines a search shows at most. */
const MOST = 60

/** The zone by whose clocks everybody plans: one of some four hundred, so it is found by typing. */
export function ZoneField({ value, onChange }: { value: string; onChange: (zone: string) => void }) {
  const t = useTranslations('calendar.settings')
  const locale = useLocale()
  const id = useId()
  const zones = useMemo(() => zonesWith(value), [value])
  const words = useMemo(() => new Map(zones.map((zone) => [zone, searched(zone, locale)])), [zones, locale])
  const has = (zone: string, query: string) =>
    foldForSearch(query)
      .split(/[\s/_]+/)
      .every((word) => (words.get(zone) ?? '').includes(word))
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="font-medium text-sm">
        {t('zone')}
      </label>
      <p id={`${id}-hint`} className="-mt-1 text-faint text-sm">
        {t('zoneHint')}
      </p>
      <Combobox.Root
        items={zones}
        value={value}
        onValueChange={(zone) => zone && onChange(zone)}
        filter={has}
        limit={MOST}
        itemToStringLabel={place}
      >
        <Combobox.Trigger
          id={id}
          aria-describedby={`${id}-hint`}
          className={`${FIELD_LOOK} flex items-center justify-between gap-2 text-left`}
        >
          <Combobox.Value>{place}</Combobox.Value>
          <ChevronDown aria-hidden="true" className="size-4 text-faint" />
        </Combobox.Trigger>
        <Combobox.Portal>
          <Combobox.Positioner sideOffset={4} className="z-60">
            <Combobox.Popup className="w-(--anchor-width) rounded-md border border-rule bg-sheet text-ink shadow-lift">
              <div className="border-rule border-b p-1.5">
                <Combobox.Input
                  aria-label={t('zoneSearch')}
                  placeholder={t('zoneSearch')}
                  className={FIELD_LOOK}
                />
              </div>
              <Combobox.Empty className="px-3 py-2 text-soft text-sm empty:hidden">
                {t('zoneNone')}
              </Combobox.Empty>
              <Combobox.List className="max-h-64 overflow-y-auto overscroll-contain p-1">
                {(zone: string) => (
                  <Combobox.Item
                    key={zone}
                    value={zone}
                    className="flex min-h-(--control-small) select-none items-center gap-2 rounded-sm px-2.5 py-1 data-highlighted:bg-well"
                  >
                    <span className="min-w-0 grow truncate">{place(zone)}</span>
                    <span className="figures shrink-0 text-faint text-sm">{offset(zone, locale)}</span>
                    <Combobox.ItemIndicator>
                      <Check aria-hidden="true" className="size-4" />
                    </Combobox.ItemIndicator>
                  </Combobox.Item>
                )}
              </Combobox.List>
            </Combobox.Popup>
          </Combobox.Positioner>
        </Combobox.Portal>
      </Combobox.Root>
    </div>
  )
}

/** `America/St_Johns` → « America / St Johns ». */
const place = (zone: string) => zone.replaceAll('_', ' ').replaceAll('/', ' / ')

/** Browsers list one name for each zone; the newsroom’s may be another one for the same. */
function zonesWith(value: string): readonly string[] {
  const all = Intl.supportedValuesOf('timeZone')
  return all.includes(value) ? all : [value, ...all]
}

function name(zone: string, locale: string, style: 'longGeneric' | 'shortOffset'): string {
  const parts = new Intl.DateTimeFormat(`${locale}-CA`, {
    timeZone: zone,
    timeZoneName: style,
  }).formatToParts()
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? ''
}

const offset = (zone: string, locale: string) => name(zone, locale, 'shortOffset')

/** Found by its place and by what people call it: «heure de l’Est», “Eastern Time”. */
const searched = (zone: string, locale: string) =>
  foldForSearch(`${zone.replace(/[_/]/g, ' ')} ${name(zone, locale, 'longGeneric')}`)
