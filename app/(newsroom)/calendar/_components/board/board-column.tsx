'use client'

import { useDroppable } from '@dnd-kit/react'
import { useTranslations } from 'next-intl'
import { StageBadge } from '#app/(newsroom)/drafts/_components/stage-badge.tsx'
import type { Stage } from '#lib/domain/review/stage.ts'
import { type LockIndex, lockOf } from '../days/day-lock-index.ts'
import { BoardCard } from './board-card.tsx'
import type { Card, Column } from './board-columns.ts'

type Props = {
  column: Column
  locks: LockIndex
  mayMove: (card: Card) => boolean
  onMove: (card: Card, stage: Stage) => void
  onOpen: (card: Card) => void
}

export function BoardColumn({ column: { stage, cards }, locks, mayMove, onMove, onOpen }: Props) {
  const t = useTranslations('calendar.board')
  const { ref, isDropTarget } = useDroppable({ id: stage })
  return (
    <li
      ref={ref}
      data-stage={stage}
      data-over={isDropTarget || undefined}
      className="flex min-w-[11.5rem] max-w-[20rem] shrink-0 grow basis-[11.5rem] max-md:basis-[17rem] snap-center flex-col rounded-md border border-transparent bg-well data-over:border-accent data-over:bg-accent-wash"
    >
      <h2 className="flex items-center justify-between gap-2 px-3 pt-2.5 pb-2">
        <StageBadge stage={stage} />
        <span className="figures text-faint text-sm">
          <span aria-hidden="true">{cards.length}</span>
          <span className="sr-only">{t('count', { count: cards.length })}</span>
        </span>
      </h2>
      <ul className="flex min-h-24 grow flex-col gap-2 px-2 pb-2">
        {cards.map((card) => (
          <BoardCard
            key={card.occurrence.slot.id}
            card={card}
            locked={lockOf(card.occurrence, locks) !== null}
            onOpen={() => onOpen(card)}
            onMove={mayMove(card) ? (to) => onMove(card, to) : null}
          />
        ))}
        {cards.length === 0 && <li className="px-3 py-4 text-center text-faint text-sm">{t('empty')}</li>}
      </ul>
    </li>
  )
}
