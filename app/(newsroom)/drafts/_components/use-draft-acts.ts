'use client'

import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useErrorText } from '#app/_i18n/error-text.ts'
import { toast } from '#app/_ui/toast.ts'
import { type Answer, attempt } from '#app/_ui/use-form.ts'
import type { DraftId } from '#lib/domain/ids.ts'
import { slotsOfDraft } from '../../calendar/slot-actions.ts'
import { archiveDraft, createDraft, duplicateDraft, restoreDraft } from '../actions.ts'

type Listeners = {
  /** Hides at once what will go; `onKept` brings it back when it could not. */
  onGone?: (id: string) => void
  onKept?: () => void
}

/** What can be done to a draft from its line and from its page, told in toasts. */
export function useDraftActs({ onGone, onKept }: Listeners = {}) {
  const t = useTranslations('drafts')
  const router = useRouter()
  const errorText = useErrorText()

  async function go<Value>(
    call: () => Promise<Answer<Value>>,
    done: (value: Value) => void,
  ): Promise<boolean> {
    const answer = await attempt(call)
    if (answer.ok) done(answer.value)
    else {
      toast.failed(errorText(answer.error) ?? '')
      onKept?.()
    }
    return answer.ok
  }

  const open = (id: DraftId) => router.push(`/drafts/${id}`)
  const create = () => go(() => createDraft({ title: '' }), open)
  const duplicate = (id: string) =>
    go(
      () => duplicateDraft({ id: id as DraftId }),
      (copy) => toast.done(t('duplicated'), { action: { label: t('openCopy'), onClick: () => open(copy) } }),
    )
  const restore = (id: string) => {
    onGone?.(id)
    return go(
      () => restoreDraft({ id: id as DraftId }),
      () => toast.done(t('restored')),
    )
  }
  const archive = (id: string) => {
    onGone?.(id)
    const undo = () =>
      void go(
        () => restoreDraft({ id: id as DraftId }),
        () => {},
      )
    const planned = placesOf(id as DraftId)
    return go(
      () => archiveDraft({ id: id as DraftId }),
      () =>
        void planned.then((slots) =>
          toast.done(t('archived', { slots }), { action: { label: t('undo'), onClick: undo } }),
        ),
    )
  }
  return { create, duplicate, restore, archive }
}

/** How many slots carry a draft: they stay when it is put away, and whoever does so is told. */
async function placesOf(id: DraftId): Promise<number> {
  const answer = await attempt(() => slotsOfDraft({ id }))
  return answer.ok ? answer.value.length : 0
}

export type DraftActs = ReturnType<typeof useDraftActs>
