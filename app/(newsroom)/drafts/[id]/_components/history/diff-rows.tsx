'use client'

import { ChevronsUpDown } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import type { Shape } from '#lib/domain/history/blocks.ts'
import { hasNewShape, type Piece, type Row } from '#lib/domain/history/diff.ts'
import { CopyBlock } from './copy-block.tsx'
import { partsOf } from './diff-parts.ts'
import { Pieces } from './diff-pieces.tsx'
import { useShapeWords } from './shape-words.ts'

export type DiffLayout = 'inline' | 'beside'

/** What the old and the new text are called, over their columns. */
export type Sides = { readonly before: string; readonly after: string }

type Props = { rows: readonly Row[]; layout: DiffLayout; sides: Sides | null; current: number | null }

export function DiffRows({ rows, layout, sides, current }: Props) {
  return (
    <>
      {layout === 'beside' && sides && (
        <div className="diff-sides diff-heads">
          <span>{sides.before}</span>
          <span>{sides.after}</span>
        </div>
      )}
      <div className="diff-rows" data-layout={layout}>
        {partsOf(rows).map((part) =>
          part.kind === 'row' ? (
            <DiffRow
              key={part.at}
              {...part}
              layout={layout}
              current={part.change !== null && part.change === current}
            />
          ) : (
            <Hidden key={part.at} rows={part.rows} from={part.at} layout={layout} />
          ),
        )}
      </div>
    </>
  )
}

function Hidden({ rows, from, layout }: { rows: readonly Row[]; from: number; layout: DiffLayout }) {
  const t = useTranslations('history.diff')
  const [open, setOpen] = useState(false)
  if (open) {
    return rows.map((row, index) => (
      <DiffRow key={from + index} row={row} change={null} layout={layout} current={false} />
    ))
  }
  return (
    <button type="button" className="diff-hidden" onClick={() => setOpen(true)}>
      <ChevronsUpDown aria-hidden="true" className="size-4" />
      {t('hidden', { count: rows.length })}
    </button>
  )
}

type RowProps = { row: Row; change: number | null; layout: DiffLayout; current: boolean }

function DiffRow({ row, change, layout, current }: RowProps) {
  const { kind, before, after, pieces } = row
  const t = useTranslations('history.diff')
  const shapes = useShapeWords()
  const changed = change !== null && { 'data-change': change, tabIndex: -1 }
  const note = before && after && hasNewShape(row) && (
    <p className="diff-shape font-sans">
      {t('shape', { before: shapes.shape(before), after: shapes.shape(after) })}
    </p>
  )
  const side = (without: Piece['kind']) => pieces.filter((piece) => piece.kind !== without)
  const [old, now] = [side('added'), side('removed')]
  return (
    <div className="diff-row" data-kind={kind} data-current={current || undefined} {...changed}>
      {changed && <span className="diff-note sr-only">{t(`kinds.${kind}`)}</span>}
      {note}
      {layout === 'inline' ? (
        <Block shape={after ?? before} pieces={pieces} copied={before ? old : now} />
      ) : (
        <div className="diff-sides">
          {before ? <Block shape={before} pieces={old} copied={old} /> : <div className="diff-nothing" />}
          {after ? <Block shape={after} pieces={now} copied={now} /> : <div className="diff-nothing" />}
        </div>
      )}
    </div>
  )
}

type BlockProps = { shape: Shape | null; pieces: readonly Piece[]; copied: readonly Piece[] }

function Block({ shape, pieces, copied }: BlockProps) {
  if (!shape) return null
  const lists = shape.within.filter(({ type }) => type === 'bulletList' || type === 'orderedList')
  const level = shape.type === 'title' ? 0 : Number(shape.attrs?.level ?? 1)
  return (
    <div
      className="past-block font-serif"
      data-type={shape.type}
      data-level={shape.type === 'paragraph' ? undefined : level}
      data-quote={shape.within.some(({ type }) => type === 'blockquote') || undefined}
      data-list={lists.at(-1)?.type}
      style={{ marginInlineStart: `${lists.length * 1.4}rem` }}
    >
      <p>{pieces.length === 0 ? <br /> : <Pieces pieces={pieces} />}</p>
      <CopyBlock text={copied.map(({ text }) => text).join('')} />
    </div>
  )
}
