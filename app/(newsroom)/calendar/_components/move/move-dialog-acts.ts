'use client'

import { useTranslations } from 'next-intl'
import { useErrorText } from '#app/_i18n/error-text.ts'
import { toast } from '#app/_ui/toast.ts'
import { attempt } from '#app/_ui/use-form.ts'
import type { PlainDay, Slot, SlotTime } from '#lib/domain/calendar/slot.ts'
import { dayOf } from '#lib/domain/calendar/time.ts'
import { reviveSlot } from '../../slot-actions.ts'
import { useWhenWords } from '../fields/slot-fields-when.ts'
import { useCalendar } from '../model.ts'
import { changeOccurrence } from './scope-dialog-acts.ts'

/** Moves an occurrence, asking how many of its series go along; out of the archive too. */
export function useMoveActs() {
  const t = useTranslations('calendar.move')
  const model = useCalendar()
  const errorText = useErrorText({ locked: t('locked') })
  const whenWords = useWhenWords()

  /** @param time null: back where it was @returns whether it is done */
  async function revive(slot: Slot, time: SlotTime | null): Promise<boolean> {
    const answer = await attempt(() => reviveSlot({ id: slot.id, time }))
    if (answer.ok) toast.done(t('revived', { when: whenWords({ ...slot, time: time ?? slot.time }) }))
    else toast.failed(errorText(answer.error) ?? '')
    return answer.ok
  }

  async function move(slot: Slot, day: PlainDay, time: SlotTime): Promise<boolean> {
    if (!model.live.get().has(slot.id)) return revive(slot, time)
    const said = t('moved', { when: whenWords({ ...slot, time }) })
    const made = await changeOccurrence(model, { id: slot.id, day }, { time }, said)
    if (made.ok) {
      // The sheet that shows it goes along.
      if (model.opened.get()?.slot === slot.id) model.openSlot(made.id, dayOf(time))
      return true
    }
    if (made.error === 'gone') toast.failed(t('gone'))
    return false
  }
  return { move, revive }
}
