import type { BodyMark, BodyNode } from '../body.ts'

/** What a block is: `title`, `paragraph`, `heading`, and in what it stands, from the outside in. */
export type Shape = {
  readonly type: string
  readonly attrs?: Readonly<Record<string, unknown>>
  readonly within: readonly { readonly type: string; readonly attrs?: Readonly<Record<string, unknown>> }[]
}

export type Run = { readonly text: string; readonly marks: readonly BodyMark[] }
export type Block = { readonly shape: Shape; readonly text: string; readonly runs: readonly Run[] }

export const titleBlock = (title: string): Block => ({
  shape: { type: 'title', within: [] },
  text: title,
  runs: title === '' ? [] : [{ text: title, marks: [] }],
})

/** The blocks of a body; their texts, joined by line feeds, are `plainTextOf` of it. */
export function blocksOf(body: readonly BodyNode[]): readonly Block[] {
  const blocks: Block[] = []
  let runs: Run[] = []
  const end = (shape: Shape) => {
    blocks.push({ shape, text: runs.map(({ text }) => text).join(''), runs })
    runs = []
  }
  const visit = (node: BodyNode, within: Shape['within']) => {
    if (node.text) runs.push({ text: node.text, marks: node.marks ?? [] })
    else if (node.type === 'hardBreak') runs.push({ text: '\n', marks: [] })
    const self = { type: node.type, ...(node.attrs && { attrs: node.attrs }) }
    const inside = node.content ? [...within, self] : within
    for (const child of node.content ?? []) visit(child, inside)
    if (node.type === 'paragraph' || node.type === 'heading') end({ ...self, within })
  }
  for (const node of body) visit(node, [])
  if (runs.length > 0) end({ type: 'paragraph', within: [] })
  return blocks
}
