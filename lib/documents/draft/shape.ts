import * as Y from 'yjs'
import type { DraftText } from '#lib/domain/body.ts'
import { isSafeHref } from '#lib/domain/links.ts'
import { countText } from '#lib/domain/text.ts'
import type { DecodedUpdate, DocumentKind, Place } from '../define.ts'
import { BODY, isMarkKey, META, markName } from './roots.ts'
import { suggestionIn } from './suggestion-id.ts'
import { isProposal, SUGGESTION_MARKS } from './suggestions/proposal.ts'
import { canonicalText, plainTextOf, textHash, textOf } from './text.ts'

/** What is known of a draft without opening it. */
export type DraftFacts = {
  readonly title: string
  /** Blocks separated by a line feed, marks dropped. */
  readonly plainText: string
  readonly wordCount: number
  readonly characterCount: number
  /** With its suggestions; all else here is without them. */
  readonly text: DraftText
  readonly hash: string
}

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
export const DRAFT_MARKS: ReadonlySet<string> = new Set(['bold', 'italic', 'link', ...SUGGESTION_MARKS])

function read(doc: Y.Doc): DraftFacts {
  const text = textOf(doc)
  const plainText = plainTextOf(canonicalText(text).body)
  const { words, characters } = countText(plainText)
  return {
    title: text.title,
    plainText,
    wordCount: words,
    characterCount: characters,
    text,
    hash: textHash(text),
  }
}

function refuse(update: DecodedUpdate): string | null {
  for (const struct of update.structs) {
    if (!(struct instanceof Y.Item)) continue
    const parent: unknown = struct.parent
    if (typeof parent === 'string' && parent !== BODY && parent !== META) return `unknown root «${parent}»`
    const why = refuseContent(struct.content)
    if (why !== null) return why
  }
  return null
}

function refuseContent(content: Y.Item['content']): string | null {
  if (content instanceof Y.ContentFormat) {
    const { key, value } = content
    return isMarkKey(key) ? refuseMark(markName(key), value) : `unknown mark «${key}»`
  }
  if (content instanceof Y.ContentType) {
    const { type } = content
    if (type instanceof Y.XmlText) return null
    if (type instanceof Y.XmlElement && DRAFT_NODES.has(type.nodeName)) return null
    return `unknown element «${type instanceof Y.XmlElement ? type.nodeName : type.constructor.name}»`
  }
  const plain = [Y.ContentString, Y.ContentAny, Y.ContentDeleted].some((known) => content instanceof known)
  return plain ? null : `unknown content «${content.constructor.name}»`
}

function refuseMark(name: string, value: unknown): string | null {
  if (!DRAFT_MARKS.has(name)) return `unknown mark «${name}»`
  if (value === null) return null
  if (SUGGESTION_MARKS.has(name)) return isProposal(name, value) ? null : `«${name}» that proposes nothing`
  if (name !== 'link') return null
  const href = typeof value === 'object' ? (value as { href?: unknown }).href : value
  return isSafeHref(href) ? null : 'a link may only lead to https: or mailto:'
}

/** Editors stop at a text outside of its element, or at an element inside of a text. */
function misplaced({ content }: Y.Item, { parent, key }: Place): string | null {
  if (content instanceof Y.ContentDeleted) return null
  if (key !== null) {
    const named = parent === META || parent instanceof Y.XmlElement || parent instanceof Y.XmlText
    return named && content instanceof Y.ContentAny ? null : `«${key}» may only be a plain value`
  }
  if (parent === BODY || parent instanceof Y.XmlElement) {
    return content instanceof Y.ContentType ? null : 'text outside of a text node'
  }
  if (parent instanceof Y.XmlText) {
    const inline = content instanceof Y.ContentString || content instanceof Y.ContentFormat
    return inline ? null : 'an element inside of a text node'
  }
  return `nothing may be put into «${typeof parent === 'string' ? parent : parent.constructor.name}»`
}

export const draftKind: DocumentKind<DraftFacts> = {
  kind: 'draft',
  schemaVersion: 2,
  roots: new Set([BODY, META]),
  read,
  // Version 2 added suggestions; a draft of version 1 is one without any.
  migrate: () => {},
  refuse,
  misplaced,
  suggestionIn,
}
