import type { Node } from '@tiptap/pm/model'
import { draftSchema, emptyBody } from './schema.ts'

/** A blank line ends a paragraph; a single line feed is a line break. */
export function readText(text: string): Node {
  const paragraphs = text
    .split(/\n[ \t]*(?:\n[ \t]*)+/)
    .map((block) => block.replace(/^\n+/, '').trimEnd())
    .filter((block) => block !== '')
    .map((block) => {
      const inline = block
        .split('\n')
        .flatMap((line, at) => [
          ...(at > 0 ? [draftSchema.node('hardBreak')] : []),
          ...(line === '' ? [] : [draftSchema.text(line)]),
        ])
      return draftSchema.node('paragraph', null, inline)
    })
  return paragraphs.length === 0 ? emptyBody() : draftSchema.node('doc', null, paragraphs)
}
