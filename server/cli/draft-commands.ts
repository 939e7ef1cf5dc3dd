import { parseDraftId } from '#lib/domain/ids.ts'
import type { DraftSummary } from '#lib/protocol/newsroom-events.ts'
import { type DraftFilter, type Drafts, EXPORT_FORMATS, type ExportFormat } from '#server/drafts/types.ts'
import { type Context, done, failed, type Outcome, usage } from './command.ts'
import { collectFiles, importFiles } from './import-files.ts'
import { inNewsroom } from './newsroom.ts'
import { writeOut } from './out-file.ts'
import { columns, printable } from './printing.ts'

export async function importDrafts(context: Context): Promise<Outcome> {
  const { words, positionals, terminal, options, interrupted } = context
  const { files, failed: unfound } = await collectFiles(positionals, terminal.cwd)
  const title = typeof options.title === 'string' ? options.title : null
  if (title !== null && files.length > 1) return usage(words.titleIsForOne)
  if (files.length + unfound.length === 0) return failed(words.nothingToImport)
  return inNewsroom(context, async ({ drafts }) => {
    const imported = await importFiles(drafts, files, title, context)
    const left = [...unfound, ...imported.failed]
    const reasons = left.map(({ source, problem }) => ({
      source,
      reason: words.importProblems[problem],
      code: problem,
    }))
    return {
      kind: 'done',
      clean: left.length === 0 && !interrupted.aborted,
      json: { drafts: imported.drafts, failed: reasons },
      text: [
        columns(imported.drafts.map(({ id, source, title: named }) => [id, source, named])),
        words.imported(imported.drafts.length),
      ]
        .filter(Boolean)
        .join('\n'),
      remarks: [
        ...reasons.map(({ source, reason }) => `${printable(source)}\u00a0: ${reason}`),
        ...(left.length > 0 ? [words.notImported(left.length)] : []),
        ...(interrupted.aborted ? [words.interrupted] : []),
      ],
    }
  })
}

const isFormat = (text: string): text is ExportFormat => (EXPORT_FORMATS as readonly string[]).includes(text)

export async function exportDraft(context: Context): Promise<Outcome> {
  const { words, positionals, options } = context
  const format = String(options.format ?? 'md')
  if (!isFormat(format)) return usage(words.notOneOf('--format', EXPORT_FORMATS))
  const [typed = ''] = positionals
  const id = parseDraftId(typed.toLowerCase())
  if (id === null) return failed(words.noDraft(typed))
  return inNewsroom(context, async ({ drafts }) => {
    const file = await drafts.export('operator', id, format)
    if (!file.ok) return failed(words.noDraft(typed))
    const { filename, type, text } = file.value
    if (typeof options.out !== 'string') return done({ id, filename, type, text }, text.replace(/\n$/, ''))
    const path = await writeOut(context, options.out, file.value)
    if (!path.ok) return failed(path.error)
    return done({ id, filename, type, path: path.value }, words.written(path.value))
  })
}

async function everyDraft(
  drafts: Drafts,
  filter: Omit<DraftFilter, 'offset'>,
): Promise<readonly DraftSummary[]> {
  const all: DraftSummary[] = []
  for (;;) {
    const page = await drafts.list('operator', { ...filter, offset: all.length })
    all.push(...page.drafts)
    if (!page.more) return all
  }
}

export const listDrafts = (context: Context): Promise<Outcome> =>
  inNewsroom(context, async ({ drafts }) => {
    const { words, options } = context
    const found = await everyDraft(drafts, {
      search: String(options.search ?? ''),
      state: options.archived ? 'archived' : 'active',
      sort: 'edited',
      by: null,
    })
    const rows = found.map(({ id, title, lastEditedAt, wordCount }) => [
      id,
      words.when(new Date(lastEditedAt)),
      words.wordCount(wordCount),
      title || words.untitled,
    ])
    return done({ drafts: found }, rows.length === 0 ? words.noDrafts : columns(rows))
  })
