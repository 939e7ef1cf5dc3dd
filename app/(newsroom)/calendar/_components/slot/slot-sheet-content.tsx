'use client'

import { Archive, Repeat } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useEffect, useEffectEvent } from 'react'
import { useCell } from '#app/_collab/use-cell.ts'
import { AvatarStack } from '#app/_ui/avatar.tsx'
import { Button } from '#app/_ui/button.tsx'
import { toast } from '#app/_ui/toast.ts'
import { isTyping, singleKeysWanted } from '#app/(newsroom)/_shell/single-keys.ts'
import { setFields } from '#lib/documents/calendar/edits.ts'
import { ruleOccurrence } from '#lib/domain/calendar/recurrence.ts'
import type { Occurrence, PlainDay, Slot } from '#lib/domain/calendar/slot.ts'
import { lockIndex, lockOf } from '../days/day-lock-index.ts'
import { SlotFields } from '../fields/slot-fields.tsx'
import { faceOf, useCalendar } from '../model.ts'
import { askMove } from '../move/move-dialog.tsx'
import { useMoveActs } from '../move/move-dialog-acts.ts'
import { detachOccurrence } from '../move/scope-dialog-acts.ts'
import { LockLine } from './lock-line.tsx'
import { SlotMenu } from './slot-menu.tsx'
import { SheetBar } from './slot-sheet-bar.tsx'
import { SlotFacts } from './slot-sheet-facts.tsx'
import { occurrenceDay } from './slot-sheet-occurrence.ts'
import { Warnings } from './slot-sheet-warnings.tsx'
import { SlotThreads } from './slot-threads.tsx'

type Props = { slot: Slot; pressed: PlainDay | null; archived: boolean }

/** A slot, whole: what it is, what stands in its way, and everything that can be changed of it. */
export function SheetContent({ slot, pressed, archived }: Props) {
  const model = useCalendar()
  const { zone } = model.settings
  const face = faceOf(slot, useCell(model.drafts))
  const day = occurrenceDay(slot, pressed, Date.now(), zone)
  const locks = useCell(model.locks)
  const occurrence = ruleOccurrence(slot, day, zone)
  const lock = occurrence && !archived ? lockOf(occurrence, lockIndex(locks)) : null
  const editable = model.rights.write && !archived
  const movable = model.rights.move(slot)
  useOpenKey(face.draft && !face.draft.archived ? `/drafts/${face.draft.id}` : null)
  const write: Parameters<typeof SlotFields>[0]['write'] = (fields) =>
    model.edit(null, (doc) => void setFields(doc, slot.id, fields))
  const open = (one: Occurrence) => model.openSlot(one.slot.id, one.day)
  return (
    <>
      <SheetBar>
        <OthersHere id={slot.id} />
        <SlotMenu slot={slot} day={day} archived={archived} />
      </SheetBar>
      <div className="flex flex-col gap-4 px-5 pb-8">
        {lock && <LockLine lock={lock} />}
        {archived && <ArchivedLine slot={slot} day={day} />}
        {editable ? (
          <SlotFields {...{ slot, day, face, movable, editable, write }}>
            {slot.repeat !== null && (
              <SeriesLine slot={slot} day={day} lost={pressed !== null && pressed !== day} />
            )}
            <Warnings slot={slot} day={day} onOpen={open} />
          </SlotFields>
        ) : (
          <SlotFacts slot={slot} day={day} face={face} />
        )}
        <SlotThreads id={slot.id} />
      </div>
    </>
  )
}

/** `o` opens the draft: pressed alone, outside of fields. */
function useOpenKey(address: string | null): void {
  const router = useRouter()
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.key !== 'o' || !address || event.defaultPrevented || event.isComposing) return
    if (event.metaKey || event.ctrlKey || event.altKey || isTyping(event.target) || !singleKeysWanted())
      return
    event.preventDefault()
    router.push(address)
  })
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => press(event)
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [])
}

/** Who else has this slot open right now. */
function OthersHere({ id }: { id: Slot['id'] }) {
  const t = useTranslations('calendar.sheet')
  const model = useCalendar()
  const hands = useCell(model.hands)
  const others = hands.filter(({ open, person }) => open === id && person.id !== model.actor.volunteerId)
  const people = [...new Map(others.map(({ person }) => [person.id, person] as const)).values()]
  const names = people.map(({ name }) => name).join(', ')
  return <AvatarStack people={people} label={t('alsoOpen', { names })} />
}

function ArchivedLine({ slot, day }: { slot: Slot; day: PlainDay }) {
  const t = useTranslations('calendar.sheet.archived')
  const { rights } = useCalendar()
  const { revive } = useMoveActs()
  return (
    <div className="border-edge border-l-3 bg-well px-3 py-2 text-sm">
      <p className="flex items-start gap-2">
        <Archive aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-faint" />
        {t('text')}
      </p>
      {rights.write && (
        <div className="mt-2 flex flex-wrap gap-2">
          <Button size="small" onClick={() => askMove({ slot: slot.id, day })}>
            {t('move')}
          </Button>
          <Button size="small" kind="ghost" onClick={() => void revive(slot, null)}>
            {t('revive')}
          </Button>
        </div>
      )}
    </div>
  )
}

/** That words change for the whole series, and how to change one occurrence alone. */
function SeriesLine({ slot, day, lost }: { slot: Slot; day: PlainDay; lost: boolean }) {
  const t = useTranslations('calendar.sheet.series')
  const model = useCalendar()
  async function detach() {
    const made = await detachOccurrence(model, { id: slot.id, day }, t('detached'))
    if (made.ok) model.openSlot(made.id, day)
    else toast.failed(t('gone'))
  }
  return (
    <div className="flex items-start gap-2 text-soft text-sm">
      <Repeat aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-faint" />
      <div>
        {lost && <p className="mb-1 text-warn">{t('lost')}</p>}
        <p>{t('text')}</p>
        <button
          type="button"
          disabled={!model.rights.move(slot)}
          onClick={() => void detach()}
          className="min-h-(--control-small) font-medium text-accent underline underline-offset-2 disabled:opacity-55"
        >
          {t('detach')}
        </button>
      </div>
    </div>
  )
}
