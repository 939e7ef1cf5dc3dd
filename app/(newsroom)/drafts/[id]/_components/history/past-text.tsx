'use client'

import type { ReactNode } from 'react'
import { type AttributedNode, attributed } from '#lib/domain/history/attributed.ts'
import { blocksOf, titleBlock } from '#lib/domain/history/blocks.ts'
import type { Passage } from '#lib/domain/history/revision.ts'
import { CopyBlock } from './copy-block.tsx'
import { Marked } from './diff-pieces.tsx'

type Text = { readonly title: string; readonly body: readonly AttributedNode[] }
type By = Passage[0]

type Props = {
  text: Text
  /** Wraps each run in whatever says who wrote it; left out: nothing does. */
  signed?: (run: { by: By; first: boolean; children: ReactNode }) => ReactNode
}

const TAGS = { bulletList: 'ul', orderedList: 'ol', listItem: 'li', blockquote: 'blockquote' } as const
const isOuter = (type: string): type is keyof typeof TAGS => type in TAGS

/** A text of the past, to read and to copy from. */
export function PastText({ text, signed }: Props) {
  let last: By | undefined
  const run = (node: AttributedNode, key: number) => {
    const inner = <Marked marks={node.marks ?? []}>{node.text}</Marked>
    if (!signed) return <span key={key}>{inner}</span>
    const by = node.by ?? null
    // A space belongs to whoever wrote around it, as far as one can see.
    const blank = node.text?.trim() === ''
    const first = by !== last && !blank
    if (!blank) last = by
    return <span key={key}>{signed({ by, first, children: inner })}</span>
  }
  const inside = (content: readonly AttributedNode[] = []) =>
    content.map((node, at) =>
      node.type === 'hardBreak' ? <br key={at} /> : node.text ? run(node, at) : block(node, at),
    )
  const block = (node: AttributedNode, at: number): ReactNode => {
    if (isOuter(node.type)) {
      const Tag = TAGS[node.type]
      return <Tag key={at}>{inside(node.content)}</Tag>
    }
    const Tag = node.type === 'heading' ? headingOf(node) : 'p'
    const words = node.content && node.content.length > 0 ? inside(node.content) : <br />
    return (
      <div key={at} className="past-block">
        <Tag>{words}</Tag>
        <CopyBlock text={blocksOf([node])[0]?.text ?? ''} />
      </div>
    )
  }
  return (
    <article className="past-text font-serif">
      {text.title !== '' && (
        <div className="past-block">
          <h2 className="past-title">{titleBlock(text.title).text}</h2>
          <CopyBlock text={text.title} />
        </div>
      )}
      {inside(text.body)}
    </article>
  )
}

/** One below those of the editor: the title of the text is the first. */
const headingOf = ({ attrs }: AttributedNode) =>
  (['h3', 'h4', 'h5'] as const)[Number(attrs?.level ?? 1) - 1] ?? 'h5'

/** The text with who wrote each run. */
export const signedText = (text: Text, passages: readonly Passage[]): Text => ({
  title: text.title,
  body: attributed(text, passages).body,
})
