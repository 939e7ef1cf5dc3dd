import type { Mark, Node } from '@tiptap/pm/model'
import { isSafeHref } from '#lib/domain/links.ts'
import type { DraftContent } from './schema.ts'

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escapeHtml = (text: string) => text.replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign)

const MARK_TAGS: Readonly<Record<string, string>> = { bold: 'strong', italic: 'em', link: 'a' }
/** From the outermost in. */
const MARK_ORDER = Object.keys({ link: 0, bold: 0, italic: 0 })

function openTag(mark: Mark): string {
  if (mark.type.name !== 'link') return `<${MARK_TAGS[mark.type.name]}>`
  return `<a href="${escapeHtml(String(mark.attrs.href))}">`
}

const marksOf = (node: Node): readonly Mark[] =>
  MARK_ORDER.flatMap((name) =>
    node.marks.filter(
      // The rooms refuse other links; a file goes further than a room, so it checks again.
      (mark) => mark.type.name === name && (name !== 'link' || isSafeHref(mark.attrs.href)),
    ),
  )

function inlineHtml(block: Node): string {
  let out = ''
  let open: readonly Mark[] = []
  const moveTo = (marks: readonly Mark[]) => {
    const differs = open.findIndex((mark, level) => !(marks[level] && mark.eq(marks[level])))
    const shared = differs === -1 ? open.length : differs
    for (const mark of open.slice(shared).toReversed()) out += `</${MARK_TAGS[mark.type.name]}>`
    for (const mark of marks.slice(shared)) out += openTag(mark)
    open = marks
  }
  block.forEach((child) => {
    moveTo(child.isText ? marksOf(child) : [])
    out += child.isText ? escapeHtml(child.text ?? '') : '<br>'
  })
  moveTo([])
  return out
}

function inside(node: Node): string {
  const parts: string[] = []
  node.forEach((child) => {
    parts.push(blockHtml(child))
  })
  return parts.join('\n')
}

function blockHtml(node: Node): string {
  const { attrs } = node
  switch (node.type.name) {
    case 'heading':
      return `<h${Number(attrs.level)}>${inlineHtml(node)}</h${Number(attrs.level)}>`
    case 'blockquote':
      return `<blockquote>\n${inside(node)}\n</blockquote>`
    case 'bulletList':
      return `<ul>\n${inside(node)}\n</ul>`
    case 'orderedList': {
      const start = attrs.start === 1 ? '' : ` start="${escapeHtml(String(attrs.start))}"`
      const type = attrs.type ? ` type="${escapeHtml(String(attrs.type))}"` : ''
      return `<ol${start}${type}>\n${inside(node)}\n</ol>`
    }
    case 'listItem':
      return `<li>${inside(node)}</li>`
    default:
      return `<p>${inlineHtml(node)}</p>`
  }
}

/** A whole page in UTF-8 that opens anywhere: no script, no style, nothing fetched. */
export function writeHtml({ title, body }: DraftContent): string {
  const heading = title === '' ? '' : `<h1>${escapeHtml(title)}</h1>\n`
  return `<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
<title>${escapeHtml(title)}</title>
</head>
<body>
${heading}${inside(body)}
</body>
</html>
`
}
