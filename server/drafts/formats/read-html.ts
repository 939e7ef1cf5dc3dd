import type { JSONContent } from '@tiptap/core'
import { DOMParser, type Node } from '@tiptap/pm/model'
import { parseHTML } from 'linkedom'
import { fail, ok, type Result } from '#lib/domain/result.ts'
import { cleanHtml } from './clean-html.ts'
import { bodyFrom, draftSchema } from './schema.ts'

/** Elements inside one another, past which a file is no text that somebody wrote. */
const MAX_DEPTH = 200

export type HtmlPage = {
  /** Of the `<title>` element; '' without one. */
  readonly title: string
  readonly body: Node
}

function isTooDeep(root: Element): boolean {
  let level: Element[] = [root]
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > MAX_DEPTH) return true
    level = level.flatMap((element) => [...element.children])
  }
  return false
}

/** Links keep where they lead; the rest of their attributes is the schema’s. */
function tidy(node: JSONContent): JSONContent {
  const { content, marks, ...rest } = node
  const plain = node.type === 'hardBreak' ? undefined : marks
  return {
    ...rest,
    ...(content && { content: content.map(tidy) }),
    ...(plain && {
      marks: plain.map(({ type, attrs }) =>
        type === 'link' ? { type, attrs: { href: attrs?.href } } : { type },
      ),
    }),
  }
}

/** A page or a fragment of one. Whatever the schema has no word for is dropped; text stays. */
export function readHtml(html: string): Result<HtmlPage, 'tooDeep'> {
  // A page put inside a body is read as its own body is: its frame holds no text of its own.
  const { document } = parseHTML(`<!doctype html><html><body>${html}</body></html>`)
  if (isTooDeep(document.documentElement)) return fail('tooDeep')
  const title = (document.querySelector('title')?.textContent ?? '').replace(/[ \t\n]+/g, ' ').trim()
  cleanHtml(document)
  const parsed = DOMParser.fromSchema(draftSchema).parse(document.body)
  return ok({ title, body: bodyFrom(tidy(parsed.toJSON())) })
}
