'use client'

import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import type { Cell } from '#app/_collab/cell.ts'
import type { SavedView } from '#app/_collab/saved-state.ts'
import { useErrorText } from '#app/_i18n/error-text.ts'
import { toast } from '#app/_ui/toast.ts'
import { attempt } from '#app/_ui/use-form.ts'
import { setFields } from '#lib/documents/calendar/edits.ts'
import type { PlainDay, Slot } from '#lib/domain/calendar/slot.ts'
import type { DraftId, SlotId } from '#lib/domain/ids.ts'
import { draftForSlot } from '../../slot-actions.ts'
import { type CalendarModel, useCalendar } from '../model.ts'
import { detachOccurrence } from '../move/scope-dialog-acts.ts'

/** How long the server is given to save the slot before its draft is asked for; milliseconds. */
const PATIENCE_MS = 8_000

/** Resolves with whether everything of this page is committed; at once where it is known that it will not be soon. */
function whenSaved(saved: Cell<SavedView>): Promise<boolean> {
  return new Promise((resolve) => {
    const look = () => {
      const { kind } = saved.get()
      if (kind === 'saved') finish(true)
      else if (kind === 'offline' || kind === 'refused') finish(false)
    }
    const finish = (done: boolean) => {
      clearTimeout(timer)
      stop()
      resolve(done)
    }
    const timer = setTimeout(() => finish(false), PATIENCE_MS)
    const stop = saved.subscribe(look)
    look()
  })
}

/** A draft belongs to one occurrence: of a slot that repeats, that one becomes a slot of its own. */
async function ownSlot(model: CalendarModel, slot: Slot, day: PlainDay): Promise<SlotId | null> {
  if (slot.repeat === null) return slot.id
  const made = await detachOccurrence(model, { id: slot.id, day }, null)
  return made.ok ? made.id : null
}

/** Begins, links and unlinks the draft of a slot. */
export function useDraftLinkActs(slot: Slot, day: PlainDay) {
  const t = useTranslations('calendar.sheet.draft')
  const errorText = useErrorText()
  const router = useRouter()
  const model = useCalendar()

  async function begin(): Promise<void> {
    const id = await ownSlot(model, slot, day)
    if (!id) return toast.failed(t('slotGone'))
    if (!(await whenSaved(model.saved))) return toast.failed(errorText('unreachable') ?? '')
    const answer = await attempt(() => draftForSlot({ id }))
    if (answer.ok) router.push(`/drafts/${answer.value}`)
    else toast.failed(errorText(answer.error) ?? '')
  }
  async function link(draft: { readonly id: DraftId; readonly title: string }): Promise<void> {
    const id = await ownSlot(model, slot, day)
    if (!id) return toast.failed(t('slotGone'))
    model.edit(t('linked', { title: draft.title || t('untitled') }), (doc) => {
      setFields(doc, id, { draft: draft.id })
    })
    if (id !== slot.id) model.openSlot(id, day)
  }
  const unlink = (title: string) =>
    model.edit(t('unlinked', { title }), (doc) => {
      // The slot goes on by the name that it showed.
      setFields(doc, slot.id, { draft: null, ...(title === '' ? {} : { title }) })
    })
  return { begin, link, unlink }
}
