import { draftKind } from '#lib/documents/draft/shape.ts'
import type { DraftExport, ExportFormat } from '../types.ts'
import type { DraftContent } from './schema.ts'
import { writeHtml } from './write-html.ts'
import { writeMarkdown } from './write-markdown.ts'
import { writeText } from './write-text.ts'

/** The body as the editor holds it, for programs; `schemaVersion` says which shape it has. */
const writeJson = ({ title, body }: DraftContent) =>
  `${JSON.stringify({ title, schemaVersion: draftKind.schemaVersion, body: body.toJSON() }, null, 2)}\n`

const WRITERS: {
  readonly [F in ExportFormat]: { readonly type: string; readonly write: (content: DraftContent) => string }
} = {
  md: { type: 'text/markdown; charset=utf-8', write: writeMarkdown },
  html: { type: 'text/html; charset=utf-8', write: writeHtml },
  txt: { type: 'text/plain; charset=utf-8', write: writeText },
  json: { type: 'application/json; charset=utf-8', write: writeJson },
}

/** A name that every file system takes: no separators, no control characters, no dots at the ends. */
function fileStem(title: string): string {
  const kept = title
    .replace(/[\p{Cc}\p{Cf}\p{Cs}/\\:*?"<>|]+/gu, ' ')
    .replace(/\s+/gu, ' ')
    .slice(0, 80)
    .replace(/^[. ]+|[. ]+$/g, '')
  return kept === '' ? 'brouillon' : kept
}

/** Says nothing of who wrote: outside there is only the newsroom. */
export const exportContent = (content: DraftContent, format: ExportFormat): DraftExport => ({
  filename: `${fileStem(content.title)}.${format}`,
  type: WRITERS[format].type,
  text: WRITERS[format].write(content),
})
