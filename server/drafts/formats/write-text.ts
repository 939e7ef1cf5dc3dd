import type { Node } from '@tiptap/pm/model'
import type { DraftContent } from './schema.ts'

const childrenOf = (node: Node): readonly Node[] =>
  Array.from({ length: node.childCount }, (_, at) => node.child(at))

/** Text and line breaks; where a link leads stands after it, unless the text says so itself. */
function inlineText(block: Node): string {
  const children = childrenOf(block)
  return children
    .map((child, at) => {
      if (!child.isText) return '\n'
      const link = child.marks.find((mark) => mark.type.name === 'link')
      const goesOn = link && children[at + 1]?.marks.some((mark) => mark.eq(link))
      const href = String(link?.attrs.href ?? '').replace(/^mailto:/i, '')
      return link && !goesOn && !child.text?.includes(href) ? `${child.text} (${href})` : child.text
    })
    .join('')
}

const prefixed = (text: string, first: string, rest: string) =>
  `${first}${text.replace(/\n(?=[^\n])/g, `\n${rest}`)}`

function blockText(node: Node): string {
  if (node.isTextblock) return inlineText(node)
  const blocks = childrenOf(node).map(blockText)
  switch (node.type.name) {
    case 'blockquote':
      return prefixed(blocks.join('\n\n'), '> ', '> ')
    case 'bulletList':
      return blocks.map((item) => prefixed(item, '- ', '  ')).join('\n')
    case 'orderedList': {
      const start = Number(node.attrs.start) || 1
      return blocks.map((item, at) => prefixed(item, `${start + at}. `, '   ')).join('\n')
    }
    default:
      return blocks.join('\n')
  }
}

/** What can be pasted anywhere: paragraphs apart by a blank line, lists with typed bullets. */
export function writeText({ title, body }: DraftContent): string {
  const text = [...(title === '' ? [] : [title]), ...childrenOf(body).map(blockText)].join('\n\n').trimEnd()
  return text === '' ? '' : `${text}\n`
}
