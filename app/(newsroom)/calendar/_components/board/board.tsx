'use client'

import { DragDropProvider, DragOverlay } from '@dnd-kit/react'
import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEffect, useMemo } from 'react'
import { useCell } from '#app/_collab/use-cell.ts'
import { IconButton } from '#app/_ui/icon-button.tsx'
import type { PlainDay } from '#lib/domain/calendar/slot.ts'
import { dayWords } from '../agenda/agenda-words.ts'
import { lockIndex } from '../days/day-lock-index.ts'
import { useShown } from '../filters/filters-shown.ts'
import { useCalendar } from '../model.ts'
import { BoardCardFace } from './board-card.tsx'
import { BoardColumn } from './board-column.tsx'
import { type Card, columnsOf, monthOf, otherMonth } from './board-columns.ts'
import { BOARD_PLUGINS, BOARD_SENSORS, HOW_ID, useBoardDrag } from './board-drag.ts'
import { useBoardMoves } from './board-moves.ts'

/** The slots of a month by how far they have come. */
export function Board() {
  const t = useTranslations('calendar.board')
  const model = useCalendar()
  const { day } = useCell(model.shown)
  const { from, to } = monthOf(day)
  const occurrences = useShown(from, to)
  const drafts = useCell(model.drafts)
  const locks = useCell(model.locks)
  const index = useMemo(() => lockIndex(locks), [locks])
  const { pending, move, mayMove } = useBoardMoves()
  const columns = useMemo(
    () => columnsOf(occurrences, drafts, pending, Date.now()),
    [occurrences, drafts, pending],
  )
  useEffect(() => model.wantPast(from, to), [model, from, to])
  const cards = new Map(columns.flatMap((column) => column.cards.map((card) => [idOf(card), card] as const)))
  const { said, onDragStart, onDragOver, onDragEnd, wasCarried } = useBoardDrag(cards, move)

  return (
    <DragDropProvider
      plugins={BOARD_PLUGINS}
      sensors={BOARD_SENSORS}
      onDragStart={onDragStart}
      onDragOver={onDragOver}
      onDragEnd={onDragEnd}
    >
      <section aria-label={t('label')} className="flex min-h-0 min-w-0 grow flex-col">
        <Month day={day} />
        <ol className="relative flex grow snap-x scroll-px-3 gap-3 overflow-x-auto overscroll-x-contain px-3 pb-4 max-md:snap-mandatory sm:scroll-px-5 sm:px-5">
          {columns.map((column) => (
            <BoardColumn
              key={column.stage}
              column={column}
              locks={index}
              mayMove={mayMove}
              onMove={(card, stage) => void move(card, stage)}
              onOpen={({ occurrence: { slot, day: on } }) => wasCarried() || model.openSlot(slot.id, on)}
            />
          ))}
        </ol>
        <p id={HOW_ID} hidden>
          {t('said.how')}
        </p>
        <p role="status" className="sr-only">
          {said}
        </p>
      </section>
      <DragOverlay dropAnimation={null}>
        {(source) => {
          const card = cards.get(String(source.id))
          return card && <BoardCardFace card={card} locked={false} carried />
        }}
      </DragOverlay>
    </DragDropProvider>
  )
}

const idOf = (card: Card): string => card.occurrence.slot.id

/** Which month the cards are of. */
function Month({ day }: { day: PlainDay }) {
  const t = useTranslations('calendar.board')
  const model = useCalendar()
  const go = (months: number) => model.setFilter({ date: otherMonth(day, months) })
  return (
    <div className="flex items-center gap-1 px-3 pt-1 pb-2 sm:px-5">
      <IconButton label={t('earlier')} keys="p" onClick={() => go(-1)} className="-ml-2">
        <ChevronLeft aria-hidden="true" />
      </IconButton>
      <IconButton label={t('later')} keys="n" onClick={() => go(1)} className="-ml-1">
        <ChevronRight aria-hidden="true" />
      </IconButton>
      <h2 aria-live="polite" className="font-medium first-letter:uppercase">
        {dayWords(day, model.locale, 'monthYear')}
      </h2>
    </div>
  )
}
