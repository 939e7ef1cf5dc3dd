'use client'

import { useDraggable } from '@dnd-kit/react'
import { ArrowRightLeft } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { Ref } from 'react'
import { classNames } from '#app/_ui/class-names.ts'
import { Menu, MenuChoice } from '#app/_ui/menu.tsx'
import { STAGES, type Stage } from '#lib/domain/review/stage.ts'
import { Channels, Owner, Signs } from '../agenda/agenda-line.tsx'
import { dayWords, timeWords } from '../agenda/agenda-words.ts'
import { useCalendar } from '../model.ts'
import type { Card } from './board-columns.ts'
import { HOW_ID } from './board-drag.ts'

type Props = {
  card: Card
  locked: boolean
  onOpen: () => void
  /** Null: its stage cannot be changed here. */
  onMove: ((stage: Stage) => void) | null
}

/** A slot on the board: pressed it opens, held it is carried, and its menu says where it can go. */
export function BoardCard({ onMove, ...props }: Props) {
  if (onMove) return <CarriedCard {...props} onMove={onMove} />
  return (
    <li>
      <BoardCardFace {...props} />
    </li>
  )
}

function CarriedCard(props: Omit<Props, 'onMove'> & { onMove: (stage: Stage) => void }) {
  const { ref, handleRef, isDragging } = useDraggable({ id: props.card.occurrence.slot.id })
  return (
    <li ref={ref} className={isDragging ? 'opacity-40' : undefined}>
      <BoardCardFace {...props} handle={handleRef} />
    </li>
  )
}

type FaceProps = Pick<Props, 'card' | 'locked'> & {
  onOpen?: () => void
  onMove?: (stage: Stage) => void
  /** What is held to carry it. */
  handle?: Ref<HTMLButtonElement>
  carried?: boolean
}

export function BoardCardFace({ card, locked, onOpen, onMove, handle, carried = false }: FaceProps) {
  const t = useTranslations('calendar.board')
  const { slot } = card.occurrence
  return (
    <div
      className={classNames(
        'relative rounded-sm border border-rule bg-sheet px-3 py-2.5 hover:border-edge',
        carried && 'rotate-1 border-accent shadow-lift',
      )}
    >
      <div className="flex items-start gap-1.5">
        <button
          ref={handle}
          type="button"
          onClick={onOpen}
          aria-describedby={handle ? HOW_ID : undefined}
          className="line-clamp-3 min-w-0 grow select-none text-left font-semibold font-serif text-base leading-snug [-webkit-touch-callout:none] after:absolute after:inset-0 after:rounded-sm focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-accent"
        >
          {card.title || t('untitled')}
        </button>
        {onMove && <MoveMenu card={card} onMove={onMove} />}
      </div>
      <p className="figures mt-1 text-soft text-sm">
        <When card={card} />
      </p>
      <div className="mt-1.5 flex min-h-6 items-center gap-2">
        <Channels slot={slot} />
        <span className="grow" />
        <Signs slot={slot} locked={locked} />
        {slot.owner && <Owner slot={slot} />}
      </div>
    </div>
  )
}

function When({ card: { occurrence, times } }: { card: Card }) {
  const t = useTranslations('calendar.board')
  const { locale, settings } = useCalendar()
  const day = dayWords(occurrence.day, locale, 'short')
  const timed = occurrence.slot.time.kind === 'timed'
  return (
    <>
      {timed ? t('when', { day, time: timeWords(occurrence.start, locale, settings.zone) }) : day}
      {times > 1 && <span className="text-faint"> {t('times', { times })}</span>}
    </>
  )
}

function MoveMenu({ card, onMove }: { card: Card; onMove: (stage: Stage) => void }) {
  const t = useTranslations('calendar.board')
  const words = useTranslations('common.stages')
  return (
    <Menu
      trigger={
        <button
          type="button"
          data-no-drag=""
          aria-label={t('moveLabel', { title: card.title || t('untitled') })}
          title={t('moveTo')}
          className="relative z-10 -mt-1 -mr-2 inline-grid size-(--control-small) shrink-0 place-items-center rounded-sm text-faint hover:bg-well hover:text-ink"
        >
          <ArrowRightLeft aria-hidden="true" className="size-4" />
        </button>
      }
    >
      <MenuChoice
        label={t('moveTo')}
        value={card.stage}
        options={STAGES.map((stage) => ({ value: stage, label: words(stage) }))}
        onChange={onMove}
      />
    </Menu>
  )
}
