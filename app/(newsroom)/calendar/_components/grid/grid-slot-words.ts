'use client'

import { useTranslations } from 'next-intl'
import { createContext, use, useMemo } from 'react'
import type { Slot } from '#lib/domain/calendar/slot.ts'
import { localDay } from '#lib/domain/calendar/zone.ts'
import { CHANNELS } from '#lib/domain/channels/channels.ts'
import { STAGES } from '#lib/domain/review/stage.ts'
import { dayWords } from '../agenda/agenda-words.ts'
import { useCalendar } from '../model.ts'
import { clockWords } from './grid-words.ts'

type Told = {
  readonly slot: Slot
  /** The instant at which it begins; null where it is no longer known. */
  readonly start: number | null
  readonly title: string
  readonly stage: Slot['stage']
  readonly locked: boolean
  readonly archived: boolean
  readonly reader: { readonly name: string } | null
}

export type SlotWords = {
  readonly untitled: string
  /** What a screen reader says: « mardi 24 novembre, 20 h 30, Titre, Facebook, En rédaction ». */
  readonly name: (told: Told) => string
}

export const SlotWordsContext = createContext<SlotWords | null>(null)

export function useSlotWords(): SlotWords {
  const words = use(SlotWordsContext)
  if (!words) throw new Error('a slot stands outside of a grid')
  return words
}

/** Put into words once for a grid: hundreds of slots that each look up their own would take a month to the eye. */
export function useMadeSlotWords(): SlotWords {
  const t = useTranslations('calendar.grid')
  const channel = useTranslations('common.channels')
  const stage = useTranslations('common.stages')
  const { locale, settings } = useCalendar()
  const { zone } = settings
  return useMemo(() => {
    const channels = new Map(CHANNELS.map((one) => [one, channel(one)]))
    const stages = new Map(STAGES.map((one) => [one, stage(one)]))
    const [allDay, noChannel, repeats] = [t('allDayLong'), t('noChannel'), t('repeats')]
    const [locked, archived] = [t('locked'), t('archived')]
    return {
      untitled: t('untitled'),
      name({ slot, start, title, ...told }) {
        const timed = slot.time.kind === 'timed' && start !== null
        const words = [
          start === null ? null : dayWords(localDay(start, zone), locale, 'long'),
          timed ? clockWords(start, locale, zone) : allDay,
          title,
          ...(slot.channels.length > 0 ? slot.channels.map((one) => channels.get(one)) : [noChannel]),
          stages.get(told.stage),
          slot.repeat && repeats,
          told.locked && locked,
          told.archived && archived,
          told.reader && t('openedBy', { name: told.reader.name }),
        ]
        return words.filter(Boolean).join(', ')
      },
    }
  }, [t, channel, stage, locale, zone])
}
