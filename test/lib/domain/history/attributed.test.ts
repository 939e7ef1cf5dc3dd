import { expect, it } from 'vitest'
import type { BodyNode } from '#lib/domain/body.ts'
import { attributed, sharesOf } from '#lib/domain/history/attributed.ts'
import type { VolunteerId } from '#lib/domain/ids.ts'

const maude = 'm' as string as VolunteerId
const ali = 'a' as string as VolunteerId
const paragraph = (...content: BodyNode[]): BodyNode => ({ type: 'paragraph', content })
const run = (text: string): BodyNode => ({ type: 'text', text })

it('each run says who wrote it, across line feeds and line breaks', () => {
  const body = [paragraph(run('Un'), { type: 'hardBreak' }, run('deux')), paragraph(run('trois'))]
  // «Titre», line feed, «Un», break, «de» by Maude; «ux», line feed, «trois» by Ali.
  const { title, body: found } = attributed({ title: 'Titre', body }, [
    [maude, 11],
    [ali, 8],
  ])
  expect(title).toBe(maude)
  expect(found).toMatchObject([
    {
      content: [
        { text: 'Un', by: maude },
        { type: 'hardBreak' },
        { text: 'de', by: maude },
        { text: 'ux', by: ali },
      ],
    },
    { content: [{ text: 'trois', by: ali }] },
  ])
})

it('what no passage covers was written by nobody known', () => {
  const { title, body } = attributed({ title: 'T', body: [paragraph(run('abc'))] }, [[maude, 3]])
  expect([title, body[0]?.content]).toMatchObject([
    maude,
    [
      { text: 'a', by: maude },
      { text: 'bc', by: null },
    ],
  ])
})

it('whoever wrote most is named first', () => {
  expect(
    sharesOf([
      [maude, 2],
      [ali, 5],
      [maude, 2],
      [null, 1],
    ]),
  ).toEqual([
    [ali, 5],
    [maude, 4],
    [null, 1],
  ])
})
