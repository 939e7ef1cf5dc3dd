'use client'

import type { ReactNode } from 'react'
import type { BodyMark } from '#lib/domain/body.ts'
import type { Piece } from '#lib/domain/history/diff.ts'
import { useShapeWords } from './shape-words.ts'

/** Words under their marks. A link of the past leads nowhere: it is read, not followed. */
export function Marked({ marks, children }: { marks: readonly BodyMark[]; children: ReactNode }) {
  return marks.reduce<ReactNode>((inner, { type, attrs }) => {
    if (type === 'bold') return <strong>{inner}</strong>
    if (type === 'italic') return <em>{inner}</em>
    if (type !== 'link') return inner
    return (
      <span className="past-link" title={typeof attrs?.href === 'string' ? attrs.href : undefined}>
        {inner}
      </span>
    )
  }, children)
}

/** The words of a block: what was added, what was removed, and what was formatted otherwise. */
export function Pieces({ pieces }: { pieces: readonly Piece[] }) {
  const words = useShapeWords()
  let at = 0
  return pieces.map((piece) => {
    const { kind, text, marks, before = [] } = piece
    const key = `${at} ${kind}`
    at += text.length
    const inner = <Marked marks={marks}>{kind === 'same' ? text : visible(text)}</Marked>
    if (kind === 'added') return <ins key={key}>{inner}</ins>
    if (kind === 'removed') return <del key={key}>{inner}</del>
    if (kind === 'same') return <span key={key}>{inner}</span>
    return (
      <span key={key} className="diff-format">
        {inner}
        <span className="diff-note font-sans">{words.marks(before, marks)}</span>
      </span>
    )
  })
}

/** A line break that came or went can be seen. */
const visible = (text: string) => text.replaceAll('\n', '↵\n')
