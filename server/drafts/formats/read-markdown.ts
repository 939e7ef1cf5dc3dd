import MarkdownIt from 'markdown-it'
import { ok, type Result } from '#lib/domain/result.ts'
import { type HtmlPage, readHtml } from './read-html.ts'

// HTML inside Markdown is legitimate, and is cleaned with the rest: nothing is trusted for where it came from.
const markdown = new MarkdownIt({ html: true })
// The cleaner decides about links; here they stay as they were written.
markdown.validateLink = () => true
markdown.normalizeLink = (url) => url

/** `title:` of a front matter, with or without quotes; null without one. */
function titleOfFrontMatter(matter: string): string | null {
  const value = /^title[ \t]*:[ \t]*(.*)$/im.exec(matter)?.[1]?.trim()
  if (!value) return null
  const double = /^"((?:[^"\\]|\\.)*)"/.exec(value)?.[1]
  if (double !== undefined) return double.replace(/\\(.)/g, '$1').trim()
  const single = /^'((?:[^']|'')*)'/.exec(value)?.[1]
  if (single !== undefined) return single.replace(/''/g, "'").trim()
  return value.replace(/\s#.*$/, '').trim()
}

/** A line of front matter: a field, what continues it, a comment, or nothing. */
const FIELD = /^(\s*$|\s*#|[\w-]+[ \t]*:|[ \t]|- )/

/** CommonMark with tables, HTML and a front matter. Empty paragraphs do not exist in Markdown. */
export function readMarkdown(text: string): Result<HtmlPage, 'tooDeep'> {
  const matter = /^---[ \t]*\n([\s\S]*?\n)?(?:---|\.\.\.)[ \t]*(?:\n|$)/.exec(text)
  // A rule on the first line opens a front matter only where it holds nothing but fields.
  const isMatter = matter !== null && (matter[1] ?? '').split('\n').every((line) => FIELD.test(line))
  const title = isMatter ? titleOfFrontMatter(matter[1] ?? '') : null
  const page = readHtml(markdown.render(isMatter ? text.slice(matter[0].length) : text))
  return page.ok ? ok({ title: title ?? '', body: page.value.body }) : page
}
