'use client'

import { Accessibility, type DragDropManagerInput, PointerActivationConstraints } from '@dnd-kit/dom'
import { type DragDropEventHandlers, KeyboardSensor, PointerSensor } from '@dnd-kit/react'
import { useTranslations } from 'next-intl'
import { useRef, useState } from 'react'
import { isStage, type Stage } from '#lib/domain/review/stage.ts'
import type { Card } from './board-columns.ts'

/** The sentence that says how a card is carried by keyboard. */
export const HOW_ID = 'board-how'

/** From one column to the next, in pixels: 17rem and the gap between. */
const COLUMN_STEP = 284
/** A finger that stays this long on a card carries it; one that moves before scrolls. Milliseconds, pixels. */
const HOLD = { value: 250, tolerance: 6 }
/** A mouse that moves this far carries it; less is a press. Pixels. */
const PULL = { value: 5 }

/** Its words are English only, and it calls every card a toggle: what is said aloud, we say ourselves. */
export const BOARD_PLUGINS: NonNullable<DragDropManagerInput['plugins']> = (usual) =>
  usual.filter((plugin) => plugin !== Accessibility)

export const BOARD_SENSORS: NonNullable<DragDropManagerInput['sensors']> = () => [
  PointerSensor.configure({
    activationConstraints: ({ pointerType }) =>
      pointerType === 'touch'
        ? [new PointerActivationConstraints.Delay(HOLD)]
        : [new PointerActivationConstraints.Distance(PULL)],
    // The card’s own button covers all of it: that one is the handle, the menu’s is not.
    preventActivation: ({ target }) => target instanceof Element && target.closest('[data-no-drag]') !== null,
  }),
  KeyboardSensor.configure({
    // One press of an arrow carries the card over the next column. Enter opens, as everywhere.
    offset: { x: COLUMN_STEP, y: 40 },
    keyboardCodes: {
      start: ['Space'],
      cancel: ['Escape'],
      end: ['Space', 'Enter', 'Tab'],
      up: ['ArrowUp'],
      down: ['ArrowDown'],
      left: ['ArrowLeft'],
      right: ['ArrowRight'],
    },
  }),
]

/** What happens to a carried card, and what is said of it to those who listen. */
export function useBoardDrag(
  cards: ReadonlyMap<string, Card>,
  move: (card: Card, stage: Stage) => Promise<boolean>,
) {
  const t = useTranslations('calendar.board.said')
  const untitled = useTranslations('calendar.board')('untitled')
  const words = useTranslations('common.stages')
  const [said, say] = useState('')
  const carrying = useRef(false)
  const titleOf = (id: unknown) => cards.get(String(id))?.title || untitled

  const onDragStart: DragDropEventHandlers['onDragStart'] = ({ operation: { source } }) => {
    carrying.current = true
    say(t('taken', { title: titleOf(source?.id) }))
  }
  const onDragOver: DragDropEventHandlers['onDragOver'] = ({ operation: { target } }) =>
    say(isStage(target?.id) ? t('over', { stage: words(target.id) }) : '')
  const onDragEnd: DragDropEventHandlers['onDragEnd'] = ({ canceled, operation: { source, target } }) => {
    // The press that lets a card go is no press on it.
    setTimeout(() => {
      carrying.current = false
    })
    const card = cards.get(String(source?.id))
    const stage = target?.id
    if (canceled || !card || !isStage(stage)) return say(t('back', { title: titleOf(source?.id) }))
    const title = titleOf(source?.id)
    void move(card, stage).then((moved) =>
      say(moved ? t('put', { title, stage: words(stage) }) : t('back', { title })),
    )
  }
  return { said, onDragStart, onDragOver, onDragEnd, wasCarried: () => carrying.current }
}
