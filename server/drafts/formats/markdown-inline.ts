import type { Mark, Node } from '@tiptap/pm/model'

/** From the outermost in; a stretch of one mark is a span, and spans nest. */
const MARK_ORDER = ['link', 'bold', 'italic'] as const

type Span = { readonly mark: Mark; readonly from: number; to: number }

const marksOf = (node: Node): readonly Mark[] =>
  // A break belongs to no emphasis: around it, spans close and open again.
  node.isText ? MARK_ORDER.flatMap((name) => node.marks.filter((mark) => mark.type.name === name)) : []

/** Cuts the marks of a block into spans that nest, each given by the first and the last child it covers. */
function spansOf(children: readonly Node[]): readonly Span[] {
  const spans: Span[] = []
  let open: Span[] = []
  for (const [at, child] of children.entries()) {
    const marks = marksOf(child)
    const shared = open.findIndex((span, level) => !(marks[level] && span.mark.eq(marks[level])))
    open = shared === -1 ? open : open.slice(0, shared)
    for (const span of open) span.to = at
    for (const mark of marks.slice(open.length)) {
      const span = { mark, from: at, to: at }
      spans.push(span)
      open.push(span)
    }
  }
  return spans
}

const escapeText = (text: string) => text.replace(/[\\`*_[\]<>~|]/g, '\\$&').replace(/&(?=#?\w+;)/g, '\\&')

const escapeDestination = (href: string) => href.replace(/[\\()<>]/g, '\\$&').replace(/&(?=#?\w+;)/g, '\\&')

const isWordCharacter = (character: string | undefined) =>
  character !== undefined && /[\p{L}\p{N}]/u.test(character)

/** Beside these, a delimiter might join another or be taken for part of a word. */
const hugs = (character: string | undefined) =>
  character !== undefined && (isWordCharacter(character) || /[*_\\]/.test(character))

const firstOf = (text: string | undefined) => (text === undefined ? undefined : [...text.slice(0, 2)][0])
const lastOf = (text: string | undefined) => (text === undefined ? undefined : [...text.slice(-2)].at(-1))

/**
 * Whether `*` and `**` mean emphasis around this span by CommonMark’s flanking rules. They fail beside
 * guillemets, spaces and letters («dit**:**»); HTML tags then say the same and are read back alike.
 */
function canUseDelimiters(span: Span, children: readonly Node[], spans: readonly Span[]): boolean {
  const isEmphasis = ({ mark }: Span) => mark.type.name !== 'link'
  const touches = spans.some(
    (other) => isEmphasis(other) && (other.to === span.from - 1 || other.from === span.to + 1),
  )
  const textAt = (at: number) => children[at]?.text
  return (
    !touches &&
    isWordCharacter(firstOf(textAt(span.from))) &&
    isWordCharacter(lastOf(textAt(span.to))) &&
    !hugs(lastOf(textAt(span.from - 1))) &&
    !hugs(firstOf(textAt(span.to + 1)))
  )
}

function delimitersOf(span: Span, children: readonly Node[], spans: readonly Span[]): [string, string] {
  const { mark } = span
  if (mark.type.name === 'link') {
    return ['[', `](${escapeDestination(String(mark.attrs.href))})`]
  }
  const [sign, tag] = mark.type.name === 'bold' ? ['**', 'strong'] : ['*', 'em']
  return canUseDelimiters(span, children, spans) ? [sign, sign] : [`<${tag}>`, `</${tag}>`]
}

/** Signs that mean something only where a line begins. */
const escapeLineStart = (line: string) =>
  line
    .replace(/^(#{1,6})(?=\s|$)/, '\\$1')
    .replace(/^([-+=:])/, '\\$1')
    .replace(/^(\d{1,9})([.)])(?=\s|$)/, '$1\\$2')

/** Spaces that Markdown would trim at the ends of a block, kept by number. */
const keepEdges = (text: string) =>
  text.replace(/^[^\S \n]|[^\S \n]$/g, (space) => `&#${space.codePointAt(0)};`)

/** @param oneLine for headings, which cannot go on in a next line. */
export function inlineMarkdown(block: Node, oneLine: boolean): string {
  const children: Node[] = []
  block.forEach((child) => {
    children.push(child)
  })
  const spans = spansOf(children)
  const marked = spans.map((span) => ({ span, signs: delimitersOf(span, children, spans) }))
  let out = ''
  for (const [at, child] of children.entries()) {
    for (const { span, signs } of marked) if (span.from === at) out += signs[0]
    if (child.isText) {
      const opensLink = spans.some(({ from, mark }) => from === at + 1 && mark.type.name === 'link')
      const text = escapeText(child.text ?? '')
      // Right before a link it would make an image of it.
      out += opensLink ? text.replace(/!$/, '\\!') : text
    } else {
      // A backslash breaks a line only between two that are not empty.
      const isBetween = children[at - 1]?.isText && children[at + 1]?.isText
      out += oneLine || !isBetween ? '<br>' : '\\\n'
    }
    for (const { span, signs } of marked.toReversed()) if (span.to === at) out += signs[1]
  }
  const lines = keepEdges(out).split('\n')
  return oneLine ? (lines[0] ?? '').replace(/(#+)$/, '\\$1') : lines.map(escapeLineStart).join('\n')
}
