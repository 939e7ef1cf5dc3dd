import { createHash } from 'node:crypto'
import type { ThreadId, VolunteerId } from '#lib/domain/ids.ts'
import { storedExcerpt } from '#lib/domain/inbox/excerpt.ts'
import { placeOf } from '#lib/domain/inbox/place.ts'
import type { Locale } from '#lib/domain/permissions.ts'
import { withNames } from '#lib/domain/threads/comment.ts'
import { escapeHtml } from '#server/mail/escape-html.ts'
import type { Message } from '#server/mail/mail.ts'
import { LETTER_WORDS, type LetterWords } from './letter-words.ts'
import type { NotificationRow } from './store.ts'

/** More would be read in the inbox anyway. */
const MOST_LINES = 40

type Writing = {
  readonly locale: Locale
  readonly name: string
  readonly newsroom: string
  readonly publicUrl: URL
  /** Oldest first; at least one. */
  readonly rows: readonly NotificationRow[]
  readonly nameOf: (id: VolunteerId) => string | null
  /** The page, and the machines’ address, that lead out of a thread. */
  readonly leaving: (thread: ThreadId) => { readonly page: string; readonly machine: string }
}

/** `excerpts`: of several comments in a row by the same person. */
type Line = { readonly sentence: string; readonly excerpts: readonly string[]; readonly url: string | null }
/** What was said in one place, and the way out of it where it is a conversation. */
type Part = { readonly lines: readonly Line[]; readonly leave: string | null }

/** One e-mail about all that waits. It goes to a volunteer: names and texts may be in it, but not in its headers. */
export function noticeLetter(writing: Writing): Omit<Message, 'to'> {
  const { locale, rows, publicUrl } = writing
  const words = LETTER_WORDS[locale]
  const subject = words.subject(rows.length)
  const parts = partsOf(rows.slice(0, MOST_LINES), writing, words)
  const frame = {
    hello: words.hello(writing.name),
    lead: words.lead(rows.length, writing.newsroom),
    rest: rows.length > MOST_LINES ? words.rest(rows.length - MOST_LINES) : null,
    inbox: new URL('/inbox', publicUrl).href,
    choose: new URL('/profile#notify', publicUrl).href,
  }
  return {
    subject,
    text: plainLetter(parts, frame, words),
    html: htmlLetter(parts, { ...frame, subject, locale }, words),
    headers: leavingHeaders(rows, writing),
    messageId: `${burstId(rows)}@${publicUrl.hostname}`,
  }
}

/**
 * RFC 8058: the reader’s program offers one button, which is out of one thread. An e-mail about several has a link
 * beside each.
 */
function leavingHeaders(rows: Writing['rows'], { leaving }: Writing): Record<string, string> {
  const [thread, ...others] = new Set(rows.map(({ threadId }) => threadId))
  if (!thread || others.length > 0) return {}
  return {
    'List-Unsubscribe': `<${leaving(thread).machine}>`,
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  }
}

const burstId = (rows: Writing['rows']) =>
  createHash('sha256')
    .update(
      rows
        .map(({ id }) => id)
        .sort()
        .join(),
    )
    .digest('hex')
    .slice(0, 40)

function partsOf(rows: Writing['rows'], writing: Writing, words: LetterWords): readonly Part[] {
  const byPlace = Map.groupBy(rows, ({ id, threadId, draftId }) => threadId ?? draftId ?? id)
  return Array.from(byPlace.values(), (together) => {
    const thread = together[0]?.threadId ?? null
    return {
      lines: gathered(together.map((row) => lineOf(row, writing, words))),
      leave: thread && writing.leaving(thread).page,
    }
  })
}

function gathered(lines: readonly Line[]): readonly Line[] {
  const kept: Line[] = []
  for (const line of lines) {
    const previous = kept.at(-1)
    if (previous?.sentence !== line.sentence) kept.push(line)
    else kept[kept.length - 1] = { ...line, excerpts: [...previous.excerpts, ...line.excerpts] }
  }
  return kept
}

function lineOf(row: NotificationRow, { nameOf, publicUrl }: Writing, words: LetterWords): Line {
  const { draftId, draftTitle, slotTitle, byName, kind, said } = row
  const draft = draftTitle ? words.draft(draftTitle) : words.untitled
  const place = placeOf(row)
  const what = draftId ? draft : words.slot(slotTitle)
  const excerpt = withNames(storedExcerpt(said), nameOf)
  return {
    sentence:
      kind === 'approvalVoided' && byName === null
        ? words.approvalFallen(what)
        : words.sentences[kind](byName ?? words.somebody, what),
    excerpts: excerpt ? [excerpt] : [],
    url: place && new URL(place, publicUrl).href,
  }
}

type Frame = Readonly<Record<'hello' | 'lead' | 'inbox' | 'choose', string>> & {
  readonly rest: string | null
}

function plainLetter(parts: readonly Part[], frame: Frame, words: LetterWords): string {
  const blocks = parts.flatMap(({ lines, leave }) => [
    ...lines.map(({ sentence, excerpts, url }) =>
      [`${sentence}.`, ...excerpts.map((excerpt) => `    ${excerpt}`), url].filter(Boolean).join('\n'),
    ),
    ...(leave ? [`${words.leave}\u00a0: ${leave}`] : []),
  ])
  const foot = [`${words.inbox}\u00a0: ${frame.inbox}`, `${words.choose}\u00a0: ${frame.choose}`].join('\n')
  return `${[frame.hello, frame.lead, ...blocks, frame.rest, `--\n${foot}`].filter(Boolean).join('\n\n')}\n`
}

const SOFT = 'color:#5d5f66'
const QUOTE = 'margin:0 0 10px;padding-left:12px;border-left:3px solid #d9d6cf'

function htmlLetter(
  parts: readonly Part[],
  frame: Frame & { readonly subject: string; readonly locale: Locale },
  words: LetterWords,
): string {
  const link = (url: string, text: string, style = '') =>
    `<a href="${escapeHtml(url)}"${style && ` style="${style}"`}>${escapeHtml(text)}</a>`
  const line = ({ sentence, excerpts, url }: Line) =>
    [
      `<p style="margin:0 0 4px">${escapeHtml(sentence)}.${url ? ` ${link(url, words.open)}` : ''}</p>`,
      ...excerpts.map((excerpt) => `<blockquote style="${QUOTE}">${escapeHtml(excerpt)}</blockquote>`),
    ].join('\n')
  return [
    `<!doctype html><html lang="${frame.locale}"><meta charset="utf-8"><title>${escapeHtml(frame.subject)}</title>`,
    '<body style="font:16px/1.5 system-ui,sans-serif;color:#1c1b19;max-width:34em;margin:2em auto;padding:0 1em">',
    `<p>${escapeHtml(frame.hello)}</p>`,
    `<p>${escapeHtml(frame.lead)}</p>`,
    ...parts.map(
      ({ lines, leave }) =>
        `<div style="border-top:1px solid #d9d6cf;padding:14px 0 8px">${lines.map(line).join('\n')}${
          leave ? `<p style="margin:0;font-size:14px">${link(leave, words.leave, SOFT)}</p>` : ''
        }</div>`,
    ),
    frame.rest && `<p>${escapeHtml(frame.rest)}</p>`,
    `<p style="border-top:1px solid #d9d6cf;padding-top:14px;font-size:14px">${link(frame.inbox, words.inbox)}<br>${link(frame.choose, words.choose, SOFT)}</p>`,
    '</body></html>',
  ]
    .filter(Boolean)
    .join('\n')
}
