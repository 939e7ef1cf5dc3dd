import type { Node } from '@tiptap/pm/model'
import { MAX_TITLE, tidyTitle } from '#lib/documents/draft/roots.ts'
import { fail, ok, type Result } from '#lib/domain/result.ts'
import { type DecodeProblem, decodeText } from './decode.ts'
import { readHtml } from './read-html.ts'
import { readMarkdown } from './read-markdown.ts'
import { readText } from './read-text.ts'
import { type DraftContent, draftSchema, emptyBody } from './schema.ts'

export type ImportProblem = DecodeProblem | 'format' | 'tooDeep'

const FORMATS: Readonly<Record<string, 'md' | 'html' | 'txt'>> = {
  md: 'md',
  markdown: 'md',
  mdown: 'md',
  html: 'html',
  htm: 'html',
  txt: 'txt',
  text: 'txt',
}

/** A heading of the first level that opens the text is its title, and leaves the body. */
function withoutOpeningTitle(body: Node, given: string): DraftContent {
  const first = body.firstChild
  const heading =
    first?.type.name === 'heading' && first.attrs.level === 1
      ? first
          .textBetween(0, first.content.size, ' ', ' ')
          .replace(/[ \t\n]+/g, ' ')
          .trim()
      : ''
  const isTitle = heading !== '' && heading.length <= MAX_TITLE && (given === '' || given === heading)
  if (!isTitle || !first) return { title: given, body }
  const rest = body.content.cut(first.nodeSize)
  return { title: heading, body: rest.size === 0 ? emptyBody() : draftSchema.node('doc', null, rest) }
}

function readContent(format: 'md' | 'html' | 'txt', text: string): Result<DraftContent, 'tooDeep'> {
  if (format === 'txt') return ok({ title: '', body: readText(text) })
  const page = format === 'md' ? readMarkdown(text) : readHtml(text)
  if (!page.ok) return page
  const { title, body } = page.value
  // A front matter is a decision; the <title> of a page often names its site, so its heading comes first.
  const content = withoutOpeningTitle(body, format === 'md' ? title : '')
  return ok({ ...content, title: content.title || title })
}

/**
 * Reads one file as a draft. The name decides the format, and gives the title where the text has none.
 * @param name the last part of the file’s path.
 */
export function readDraftFile(name: string, bytes: Uint8Array): Result<DraftContent, ImportProblem> {
  const [, stem = name, extension = ''] = /^(.*?)(?:\.([^.]*))?$/s.exec(name) ?? []
  const format = FORMATS[extension.toLowerCase()]
  if (!format) return fail('format')
  const text = decodeText(bytes, { html: format === 'html' })
  if (!text.ok) return text
  const content = readContent(format, text.value)
  if (!content.ok) return content
  const title = tidyTitle(content.value.title || stem)
  return ok({ title, body: content.value.body })
}
