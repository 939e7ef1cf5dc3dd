'use client'

import { useTranslations } from 'next-intl'
import { useEffect, useEffectEvent, useMemo, useState } from 'react'
import { cell, type WritableCell } from '#app/_collab/cell.ts'
import { useNewsroom } from '#app/_collab/newsroom.tsx'
import type { Room } from '#app/_collab/room.ts'
import { toast } from '#app/_ui/toast.ts'
import { attempt } from '#app/_ui/use-form.ts'
import type { CalendarView } from '#lib/domain/calendar/filter.ts'
import type { PlainDay } from '#lib/domain/calendar/slot.ts'
import { localDay } from '#lib/domain/calendar/zone.ts'
import { archivedSlots, draftFaces } from '../actions.ts'
import { openAddress } from './calendar-address.ts'
import { openDraftFaces, openPast } from './calendar-fetched.ts'
import type { CalendarPageProps } from './calendar-place.tsx'
import { rightsOf } from './calendar-rights.ts'
import { nextFrame, openLiveSlots } from './calendar-slots.ts'
import { PHONE } from './grid/touch-phone.ts'
import type { CalendarModel, NewSlot, Shown } from './model.ts'
import { openHands } from './presence/presence-hands.ts'
import { openUndo, type Step } from './undo.ts'

/** Today is looked at this often: a page left open over night wakes up on the right day. Milliseconds. */
const DAY_CHECK_MS = 20_000

type Core = ReturnType<typeof openCore>
type Given = Pick<CalendarPageProps, 'actor' | 'settings' | 'people'>

/** What lives as long as the room: everything of the model that is not the volunteer’s rights. */
function openCore(room: Room, zone: () => string) {
  const address = openAddress()
  const slots = openLiveSlots(room.doc, nextFrame)
  const undoing = openUndo(room.doc)
  const hands = openHands(room.awareness)
  const today = cell<PlainDay>(localDay(Date.now(), zone()))
  const drafts = openDraftFaces(async (ids) => {
    const answer = await attempt(() => draftFaces({ ids: [...ids] }))
    return answer.ok ? answer.value : null
  })
  const past = openPast(async (from, to) => {
    const answer = await attempt(() => archivedSlots({ from, to }))
    return answer.ok ? answer.value : null
  }, today.get)

  const loaded = cell(room.status.get().loaded)
  const shown = cell<Shown>(shownNow(), (a, b) => a.view === b.view && a.day === b.day)
  const phone = matchMedia(PHONE)
  const look = () => {
    today.set(localDay(Date.now(), zone()))
    shown.set(shownNow())
  }
  function shownNow(): Shown {
    const { view, date } = address.filter.get()
    return { view: view ?? viewOf(matchMedia(PHONE).matches), day: date ?? today.get() }
  }
  const wantDrafts = () => {
    const known = [...slots.live.get().values(), ...past.cell.get().values()]
    drafts.want(known.flatMap(({ draft }) => draft ?? []))
  }
  const timer = setInterval(look, DAY_CHECK_MS)
  phone.addEventListener('change', look)
  const stops = [
    room.status.subscribe(() => loaded.set(room.status.get().loaded)),
    address.filter.subscribe(look),
    address.opened.subscribe(() => hands.tellOpen(address.opened.get()?.slot ?? null)),
    slots.live.subscribe(wantDrafts),
    past.cell.subscribe(wantDrafts),
  ]
  hands.tellOpen(address.opened.get()?.slot ?? null)
  wantDrafts()
  return {
    ...{ address, slots, undoing, hands, drafts, past, loaded, shown, today, look },
    focused: cell<ReturnType<CalendarModel['focused']['get']>>(null, sameFocus),
    creating: cell<NewSlot | null>(null),
    close() {
      clearInterval(timer)
      phone.removeEventListener('change', look)
      for (const stop of stops) stop()
      for (const part of [address, slots, undoing, hands, drafts, past]) part.close()
    },
  }
}

/** A phone’s first look is a list; a large screen’s is the month. */
const viewOf = (phone: boolean): CalendarView => (phone ? 'agenda' : 'month')

const sameFocus = (
  a: ReturnType<CalendarModel['focused']['get']>,
  b: ReturnType<CalendarModel['focused']['get']>,
) => a?.slot === b?.slot && a?.day === b?.day

/** The model of the page, on a room of the calendar; null until it is open. */
export function useCalendarModel(room: Room, given: Given): CalendarModel | null {
  const [core, setCore] = useState<Core | null>(null)
  const zone = useEffectEvent(() => given.settings.zone)
  useEffect(() => {
    const opened = openCore(room, () => zone())
    setCore(opened)
    return () => {
      setCore(null)
      opened.close()
    }
  }, [room])
  useEffect(() => core?.look(), [core, given.settings.zone])
  useNewsroom((news) => {
    core?.drafts.hear(news)
    core?.past.hear(news)
  })
  const say = useSaying()
  const { actor, settings, people } = given
  return useMemo(
    () => core && modelOf(core, room, { actor, settings, people }, say),
    [core, room, actor, settings, people, say],
  )
}

function modelOf(core: Core, room: Room, { actor, settings, people }: Given, say: Saying): CalendarModel {
  const { address, slots, undoing, hands, drafts, past } = core
  return {
    actor,
    locale: actor.locale,
    settings,
    people: new Map(people.map((person) => [person.id, person])),
    rights: rightsOf(actor, slots.locks),
    live: slots.live,
    past: past.cell,
    drafts: drafts.cell,
    locks: slots.locks,
    hands: hands.hands,
    loaded: core.loaded,
    saved: room.saved,
    filter: address.filter,
    setFilter: address.setFilter,
    readAddress: address.read,
    shown: core.shown,
    today: core.today,
    opened: address.opened,
    openSlot: address.openSlot,
    focused: core.focused,
    focusSlot: (slot, day) => setFocus(core.focused, slot, day),
    creating: core.creating,
    createAt: (place) => core.creating.set(place),
    edit(said, change) {
      const step = undoing.change(said !== null, change)
      if (said !== null && step) say.done(said, () => undoing.holds(step) && takeBack(step))
    },
    undo: () => void (undoing.canUndo.get() && takeBack()),
    redo: () => void (undoing.canRedo.get() && say.redone(undoing.redo())),
    canUndo: undoing.canUndo,
    canRedo: undoing.canRedo,
    holdOut: hands.tellDrag,
    wantDrafts: drafts.want,
    wantPast: past.want,
  }
  function takeBack(step?: Step) {
    say.undone(undoing.undo(step))
  }
}

function setFocus(focused: WritableCell<ReturnType<CalendarModel['focused']['get']>>, ...to: FocusOn) {
  const [slot, day] = to
  focused.set(slot && day ? { slot, day } : null)
}
type FocusOn = Parameters<CalendarModel['focusSlot']>

type Saying = ReturnType<typeof useSaying>

/** Toasts for what was done; one at a time would hide the way back, so each has its own. */
function useSaying() {
  const t = useTranslations('calendar.desk')
  return useMemo(
    () => ({
      done: (text: string, onUndo: () => void) =>
        toast.done(text, { action: { label: t('undo'), onClick: onUndo } }),
      undone: (done: boolean) => (done ? toast.note(t('undone')) : toast.note(t('overtaken'))),
      redone: (done: boolean) => (done ? toast.note(t('redone')) : toast.note(t('overtaken'))),
    }),
    [t],
  )
}
