import { Fragment, type Node } from '@tiptap/pm/model'
import { inlineMarkdown } from './markdown-inline.ts'
import { type DraftContent, draftSchema } from './schema.ts'

/** Between two lists that follow each other: Markdown would read them as one. */
const BETWEEN_LISTS = '<!-- -->'
const isList = (node: Node) => node.type.spec.group?.includes('list') === true

const indent = (text: string, by: string) => text.replace(/\n(?=[^\n])/g, `\n${by}`)

function childrenOf(node: Node): readonly Node[] {
  const children: Node[] = []
  node.forEach((child) => {
    children.push(child)
  })
  return children
}

const isEmptyParagraph = (node: Node) => node.type.name === 'paragraph' && node.content.size === 0

/** A list goes on a paragraph’s next line only where its first item says something and counts from 1. */
const canFollowDirectly = (list: Node) =>
  isList(list) && (list.attrs.start ?? 1) === 1 && list.firstChild?.firstChild?.content.size !== 0

/** An item that is one paragraph, perhaps with lists below it, stands without blank lines. */
const isTight = (list: Node) =>
  childrenOf(list).every((item) =>
    childrenOf(item).every((block, at) => (at === 0 ? !isEmptyParagraph(block) : canFollowDirectly(block))),
  )

function itemMarkdown(item: Node, tight: boolean): string {
  const [first, ...rest] = childrenOf(item)
  const opening = first && !isEmptyParagraph(first) ? [inlineMarkdown(first, false)] : []
  const below = blocks(rest.filter((block) => !isEmptyParagraph(block)))
  // Right after a bare bullet nothing may follow: the empty first paragraph is then spelled out.
  if (opening.length === 0 && below.length > 0) opening.push('<p></p>')
  return [...opening, ...below].join(tight ? '\n' : '\n\n')
}

function listMarkdown(list: Node): string {
  const ordered = list.type.name === 'orderedList'
  const start = Number(list.attrs.start)
  const first = Number.isInteger(start) && start >= 0 && start < 100_000_000 ? start : 1
  const tight = isTight(list)
  const items = childrenOf(list).map((item, at) => {
    const bullet = ordered ? `${first + at}. ` : '- '
    return `${bullet}${indent(itemMarkdown(item, tight), ' '.repeat(bullet.length))}`.trimEnd()
  })
  return items.join(tight ? '\n' : '\n\n')
}

function blockMarkdown(node: Node): string {
  switch (node.type.name) {
    case 'heading':
      return `${'#'.repeat(Number(node.attrs.level))} ${inlineMarkdown(node, true)}`.trimEnd()
    case 'blockquote': {
      const inside = blocks(childrenOf(node)).join('\n\n')
      return inside
        .split('\n')
        .map((line) => `> ${line}`.trimEnd())
        .join('\n')
    }
    case 'bulletList':
    case 'orderedList':
      return listMarkdown(node)
    default:
      return inlineMarkdown(node, false)
  }
}

function blocks(nodes: readonly Node[]): readonly string[] {
  const shown = nodes.filter((node) => !isEmptyParagraph(node))
  return shown.flatMap((node, at) => {
    const before = shown[at - 1]
    const separator = before && isList(before) && before.type === node.type ? [BETWEEN_LISTS] : []
    return [...separator, blockMarkdown(node)]
  })
}

/** CommonMark, with HTML only where Markdown has no sign. Empty paragraphs are left out: Markdown has none. */
export function writeMarkdown({ title, body }: DraftContent): string {
  const heading = title === '' ? [] : [draftSchema.node('heading', { level: 1 }, draftSchema.text(title))]
  const text = blocks(childrenOf(body.copy(Fragment.from(heading).append(body.content)))).join('\n\n')
  return text === '' ? '' : `${text}\n`
}
