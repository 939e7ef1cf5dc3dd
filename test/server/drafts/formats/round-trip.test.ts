import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readHtml } from '#server/drafts/formats/read-html.ts'
import { readMarkdown } from '#server/drafts/formats/read-markdown.ts'
import { writeHtml } from '#server/drafts/formats/write-html.ts'
import { writeMarkdown } from '#server/drafts/formats/write-markdown.ts'
import { anyBody, markdownBody } from './draft-arbitrary.ts'

const bodyOf = (page: ReturnType<typeof readHtml>) => (page.ok ? page.value.body : null)

describe('a draft goes out and comes back the same', () => {
  it('through Markdown', () => {
    fc.assert(
      fc.property(markdownBody, (body) => {
        const text = writeMarkdown({ title: '', body })
        expect(bodyOf(readMarkdown(text))?.toJSON(), text).toEqual(body.toJSON())
      }),
      { numRuns: 300 },
    )
  })

  it('through HTML', () => {
    fc.assert(
      fc.property(anyBody, (body) => {
        const text = writeHtml({ title: '', body })
        expect(bodyOf(readHtml(text))?.toJSON(), text).toEqual(body.toJSON())
      }),
      { numRuns: 200 },
    )
  })
})
