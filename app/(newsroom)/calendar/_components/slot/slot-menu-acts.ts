'use client'

import { useTranslations } from 'next-intl'
import { useErrorText } from '#app/_i18n/error-text.ts'
import { toast } from '#app/_ui/toast.ts'
import { attempt } from '#app/_ui/use-form.ts'
import { putSlot } from '#lib/documents/calendar/edits.ts'
import { timeAt } from '#lib/domain/calendar/reshape.ts'
import type { PlainDay, Slot } from '#lib/domain/calendar/slot.ts'
import { dayOf } from '#lib/domain/calendar/time.ts'
import { removeArchivedSlot } from '../../slot-actions.ts'
import { faceOf, useCalendar } from '../model.ts'
import { newSlotId, removeOccurrence } from '../move/scope-dialog-acts.ts'
import { copyOf, slotAddress } from './copy-slot.ts'

/** Copies, links and removes a slot, told in toasts. */
export function useSlotActs(slot: Slot, day: PlainDay) {
  const t = useTranslations('calendar.sheet.menu')
  const errorText = useErrorText()
  const model = useCalendar()
  const face = () => faceOf(slot, model.drafts.get())

  async function remove(): Promise<void> {
    const { draft } = face()
    // Deleting a slot never deletes its draft, and says so.
    const said = draft ? t('removedKeepsDraft', { title: draft.title || t('untitled') }) : t('removed')
    const made = await removeOccurrence(model, { id: slot.id, day }, said)
    if (made.ok && model.opened.get()?.slot === slot.id) model.openSlot(null)
    if (!made.ok && made.error === 'gone') toast.failed(t('gone'))
  }

  async function removeArchived(): Promise<void> {
    const answer = await attempt(() => removeArchivedSlot({ id: slot.id }))
    if (!answer.ok) return toast.failed(errorText(answer.error) ?? '')
    toast.done(t('removed'))
    model.openSlot(null)
  }

  function duplicate(): void {
    const id = newSlotId()
    const time = timeAt(slot, day, model.settings.zone)
    const copy = copyOf(slot, { id, by: model.actor.volunteerId, title: face().title, time })
    model.edit(t('duplicated'), (doc) => putSlot(doc, copy))
    model.openSlot(id, dayOf(time))
  }

  const copyLink = () =>
    navigator.clipboard
      .writeText(`${location.origin}${slotAddress(slot.id, day, slot.repeat !== null)}`)
      .then(
        () => toast.done(t('linkCopied')),
        () => toast.failed(t('linkNotCopied')),
      )
  return { remove, removeArchived, duplicate, copyLink }
}
