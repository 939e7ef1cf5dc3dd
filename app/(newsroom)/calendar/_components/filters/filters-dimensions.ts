'use client'

import { useTranslations } from 'next-intl'
import { useMemo } from 'react'
import { useCell } from '#app/_collab/use-cell.ts'
import type { SlotFilter } from '#lib/domain/calendar/filter.ts'
import type { Slot } from '#lib/domain/calendar/slot.ts'
import type { VolunteerId } from '#lib/domain/ids.ts'
import { STAGES } from '#lib/domain/review/stage.ts'
import { type Person, useCalendar } from '../model.ts'

/** One thing to choose. */
export type Choice = {
  readonly key: string
  readonly label: string
  readonly chosen: boolean
  readonly toggle: () => void
  readonly person?: Person
}

/** What one can choose by, besides channels and words. */
export type Dimension = {
  readonly name: 'owners' | 'stages' | 'tags'
  readonly label: string
  readonly choices: readonly Choice[]
  /** How many of them are chosen. */
  readonly chosen: number
}

export const toggled = <Item>(list: readonly Item[], item: Item): readonly Item[] =>
  list.includes(item) ? list.filter((one) => one !== item) : [...list, item]

export function useDimensions(): readonly Dimension[] {
  const t = useTranslations('calendar.filters')
  const stageWords = useTranslations('common.stages')
  const model = useCalendar()
  const filter = useCell(model.filter)
  const people = usePeopleToChoose()
  const tags = useTags(filter.tags)

  function dimension<Item extends string | null>(
    name: Dimension['name'],
    label: string,
    items: readonly Item[],
    chosen: readonly Item[],
    words: (item: Item) => Pick<Choice, 'label' | 'person'>,
  ): Dimension {
    const choices = items.map((item) => ({
      key: item ?? 'none',
      chosen: chosen.includes(item),
      toggle: () => model.setFilter({ [name]: toggled(chosen, item) } as Partial<SlotFilter>),
      ...words(item),
    }))
    return { name, label, choices, chosen: chosen.length }
  }

  const owners: readonly (VolunteerId | null)[] = [...people.map(({ id }) => id), null]
  return [
    dimension('owners', t('owner'), owners, filter.owners, (id) => {
      const person = id && model.people.get(id)
      return person ? { label: person.name, person } : { label: t('nobody') }
    }),
    dimension('stages', t('stage'), STAGES, filter.stages, (stage) => ({ label: stageWords(stage) })),
    dimension('tags', t('tag'), tags, filter.tags, (tag) => ({ label: tag })),
  ]
}

/** Oneself first, then by name; nobody who owns nothing and is no longer here is in the way: they stay, last. */
function usePeopleToChoose(): readonly Person[] {
  const { people, actor, locale } = useCalendar()
  return useMemo(() => {
    const names = new Intl.Collator(locale)
    const mine = (one: Person) => (one.id === actor.volunteerId ? 0 : 1)
    return [...people.values()].sort((a, b) => mine(a) - mine(b) || names.compare(a.name, b.name))
  }, [people, actor.volunteerId, locale])
}

/** The tags that slots have now, and those that are chosen though no slot has them. */
function useTags(chosen: readonly string[]): readonly string[] {
  const { live: source, locale } = useCalendar()
  const live = useCell(source)
  const used = useMemo(() => tagsOf(live.values(), locale), [live, locale])
  return [...used, ...chosen.filter((tag) => !used.includes(tag))]
}

function tagsOf(slots: Iterable<Slot>, locale: string): readonly string[] {
  const tags = new Set([...slots].flatMap((slot) => slot.tags))
  return [...tags].sort(new Intl.Collator(locale).compare)
}
