'use client'

import { ArrowDown, ArrowUp, Plus, Trash2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type KeyboardEvent, useRef, useState } from 'react'
import { Button } from '#app/_ui/button.tsx'
import { FIELD_LOOK } from '#app/_ui/field-look.ts'
import { IconButton } from '#app/_ui/icon-button.tsx'
import { CHECKLIST_LIMITS } from '#lib/domain/review/settings.ts'
import { addPoint, movePoint, type Point } from './checklist-points.ts'

type Props = {
  points: readonly Point[]
  onChange: (points: readonly Point[]) => void
  /** What is typed for one more. */
  next: string
  onNext: (text: string) => void
}

/** The points that a reviewer ticks: written, put in order and taken out, by pointer and by keyboard. */
export function ChecklistEditor({ points, onChange, next, onNext }: Props) {
  const t = useTranslations('review.rules')
  const [said, say] = useState('')
  const adding = useRef<HTMLInputElement>(null)

  function move(from: number, by: number) {
    const moved = movePoint(points, from, by)
    if (moved === points) return
    onChange(moved)
    say(t('moved', { place: from + by + 1, count: points.length }))
  }
  function remove(index: number) {
    onChange(points.toSpliced(index, 1))
    say(t('removed'))
    adding.current?.focus()
  }
  function add() {
    onChange(addPoint(points, next))
    onNext('')
    adding.current?.focus()
  }
  return (
    <>
      {points.length === 0 && <p className="mb-2 text-soft">{t('noPoints')}</p>}
      <ol className="flex flex-col gap-1.5">
        {points.map((point, index) => (
          <PointLine
            key={point.key}
            point={point}
            place={index + 1}
            last={points.length}
            onWrite={(text) => onChange(points.with(index, { ...point, text }))}
            onMove={(by) => move(index, by)}
            onRemove={() => remove(index)}
          />
        ))}
      </ol>
      <div className="mt-2 flex gap-2">
        <input
          ref={adding}
          aria-label={t('add')}
          placeholder={t('addHint')}
          value={next}
          maxLength={CHECKLIST_LIMITS.length}
          onChange={(event) => onNext(event.target.value)}
          onKeyDown={(event) => {
            // Enter would save the whole form.
            if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
            event.preventDefault()
            add()
          }}
          className={FIELD_LOOK}
        />
        <Button onClick={add}>
          <Plus aria-hidden="true" className="size-4" />
          {t('addApply')}
        </Button>
      </div>
      <p role="status" className="sr-only">
        {said}
      </p>
    </>
  )
}

type LineProps = {
  point: Point
  /** Counted from 1. */
  place: number
  last: number
  onWrite: (text: string) => void
  onMove: (by: number) => void
  onRemove: () => void
}

function PointLine({ point, place, last, onWrite, onMove, onRemove }: LineProps) {
  const t = useTranslations('review.rules')
  const onKeyDown = (event: KeyboardEvent) => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return
    event.preventDefault()
    onMove(event.key === 'ArrowUp' ? -1 : 1)
  }
  return (
    <li className="flex flex-wrap items-center justify-end gap-0.5 sm:flex-nowrap">
      <input
        aria-label={t('point', { place })}
        value={point.text}
        maxLength={CHECKLIST_LIMITS.length}
        onChange={(event) => onWrite(event.target.value)}
        onKeyDown={onKeyDown}
        className={FIELD_LOOK}
      />
      <IconButton
        label={t('up', { place })}
        keys="Alt ↑"
        className="aria-disabled:opacity-45"
        aria-disabled={place === 1}
        onClick={() => onMove(-1)}
      >
        <ArrowUp aria-hidden="true" />
      </IconButton>
      <IconButton
        label={t('down', { place })}
        keys="Alt ↓"
        className="aria-disabled:opacity-45"
        aria-disabled={place === last}
        onClick={() => onMove(1)}
      >
        <ArrowDown aria-hidden="true" />
      </IconButton>
      <IconButton label={t('remove', { place })} onClick={onRemove}>
        <Trash2 aria-hidden="true" />
      </IconButton>
    </li>
  )
}
