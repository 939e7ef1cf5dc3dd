import * as Y from 'yjs'
import { isSafeHref } from '#lib/domain/links.ts'
import { countText } from '#lib/domain/text.ts'
import type { DecodedUpdate, DocumentKind } from '../define.ts'

/** What is known of a draft without opening it. */
export type DraftFacts = {
  readonly title: string
  /** Blocks separated by a line feed, marks dropped. */
  readonly plainText: string
  readonly wordCount: number
  readonly characterCount: number
}

export const BODY = 'body'
export const META = 'meta'
/** Longest title kept in rows, in UTF-16 units; the page’s field stops there too. */
export const MAX_TITLE = 300

/** Elements and marks of editor.ts, as they are named in the Y.XmlFragment; rooms need them without the editor. */
export const DRAFT_NODES: ReadonlySet<string> = new Set([
  'paragraph',
  'heading',
  'bulletList',
  'orderedList',
  'listItem',
  'blockquote',
  'hardBreak',
])
export const DRAFT_MARKS: ReadonlySet<string> = new Set(['bold', 'italic', 'link'])

export const bodyOf = (doc: Y.Doc): Y.XmlFragment => doc.getXmlFragment(BODY)
export const metaOf = (doc: Y.Doc): Y.Map<unknown> => doc.getMap(META)

/** A title as rows and files hold it: on one line, its non-breaking spaces kept (« Ah »), never half a character at its end. */
export const tidyTitle = (title: string): string =>
  title
    .replace(/[ \t-\r\u2028\u2029]+/g, ' ')
    .trim()
    .slice(0, MAX_TITLE)
    .replace(/[\ud800-\udbff]$/, '')
    .trimEnd()

export function titleOf(doc: Y.Doc): string {
  const title = metaOf(doc).get('title')
  return typeof title === 'string' ? tidyTitle(title) : ''
}

function plainTextOf(fragment: Y.XmlFragment): string {
  const lines: string[] = []
  let line = ''
  const visit = (node: unknown) => {
    if (node instanceof Y.XmlText) {
      for (const part of node.toDelta() as { insert: unknown }[]) {
        if (typeof part.insert === 'string') line += part.insert
      }
      return
    }
    if (!(node instanceof Y.XmlElement)) return
    if (node.nodeName === 'hardBreak') {
      line += '\n'
      return
    }
    for (const child of node.toArray()) visit(child)
    if (node.nodeName === 'paragraph' || node.nodeName === 'heading') {
      lines.push(line)
      line = ''
    }
  }
  for (const child of fragment.toArray()) visit(child)
  if (line !== '') lines.push(line)
  return lines.join('\n')
}

function read(doc: Y.Doc): DraftFacts {
  const plainText = plainTextOf(bodyOf(doc))
  const { words, characters } = countText(plainText)
  return { title: titleOf(doc), plainText, wordCount: words, characterCount: characters }
}

/** y-tiptap names a mark `bold`, or `link--<hash>` where marks of one name may overlap. */
const markName = (key: string) => key.replace(/--.*$/, '')

function refuse(update: DecodedUpdate): string | null {
  for (const struct of update.structs) {
    if (!(struct instanceof Y.Item)) continue
    const parent: unknown = struct.parent
    if (typeof parent === 'string' && parent !== BODY && parent !== META) return `unknown root «${parent}»`
    const { content } = struct
    if (content instanceof Y.ContentFormat) {
      const name = markName(content.key)
      if (!DRAFT_MARKS.has(name)) return `unknown mark «${name}»`
      const value: unknown = content.value
      if (name === 'link' && value !== null) {
        const href = typeof value === 'object' ? (value as { href?: unknown }).href : value
        if (!isSafeHref(href)) return 'a link may only lead to https: or mailto:'
      }
    }
    if (content instanceof Y.ContentType && content.type instanceof Y.XmlElement) {
      if (!DRAFT_NODES.has(content.type.nodeName)) return `unknown element «${content.type.nodeName}»`
    }
  }
  return null
}

export const draftKind: DocumentKind<DraftFacts> = {
  kind: 'draft',
  schemaVersion: 1,
  roots: new Set([BODY, META]),
  read,
  // Version 1 is the first: nothing older exists.
  migrate: () => {},
  refuse,
}
