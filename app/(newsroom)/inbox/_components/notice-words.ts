'use client'

import { useTranslations } from 'next-intl'
import type { NotificationView } from '#lib/protocol/inbox.ts'
import { usePeople } from '../../_people/people.tsx'

/** Who did it, and to what, in the words of the page. */
export function useNoticeWords() {
  const t = useTranslations('inbox')
  const people = usePeople()

  const whoOf = ({ by }: NotificationView): string => (by && people.find(by)?.name) ?? t('somebody')

  const whatOf = ({ draft, slot }: NotificationView): string => {
    if (draft) return draft.title ? t('what.draft', { title: draft.title }) : t('what.untitled')
    return slot?.title ? t('what.slot', { title: slot.title }) : t('what.someSlot')
  }

  return { whoOf, whatOf }
}
