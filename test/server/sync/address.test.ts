import { expect, test } from 'vitest'
import { parseAddress } from '#server/sync/door/address.ts'
import { isOurOrigin } from '#server/sync/door/origin.ts'

const id = '0b5f7c0e-8f53-4a43-9d6a-2f6d1e9c5a01'

test('a draft is named by its id, and may carry the schema that its page knows', () => {
  expect(parseAddress(`/collab/draft/${id}`)).toMatchObject({
    type: 'document',
    address: { id },
    schema: null,
  })
  expect(parseAddress(`/collab/draft/${id}?schema=3`)).toMatchObject({
    address: { name: `draft/${id}` },
    schema: 3,
  })
  expect(parseAddress(`/collab/draft/${id}?other=1`)).toMatchObject({ schema: null })
  expect(parseAddress('/collab/newsroom')).toEqual({ type: 'newsroom' })
})

test.each([
  `/collab/draft/${id.toUpperCase()}`,
  `/collab/draft/${id}/`,
  `/collab//draft/${id}`,
  `/collab/draft/../draft/${id}`,
  `/collab/draft%2F${id}`,
  `/collab/draft/${id}%00`,
  `/collab/draft/${id}#x`,
  `/collab/draft/${id.slice(1)}`,
  `/collab/calendar/${id}`,
  `/collab/draft/${id}?schema=`,
  `/collab/draft/${id}?schema=-1`,
  `/collab/draft/${id}?schema=1e3`,
  `/collab/draft/${id}?schema=1&schema=2`,
  `/collab/draft/${id}?schema=${'1'.repeat(300)}`,
  `/collab/draft/${'0'.repeat(100_000)}`,
  `http://elsewhere/collab/draft/${id}`,
  '/collab/',
  '/collab',
  '/collab/newsroom/',
  '',
])('«%.80s» is no address', (target) => {
  expect(parseAddress(target)).toBeNull()
})

test('pages of this newsroom may open sockets, others not, and neither may pages that hide their origin', () => {
  const ours = ['https://pupitre.example.org']
  const from = (headers: Record<string, string>) => isOurOrigin(headers, ours)
  expect(from({ origin: 'https://pupitre.example.org' })).toBe(true)
  expect(from({ origin: 'https://pupitre.example.org.evil.net' })).toBe(false)
  expect(from({ origin: 'http://pupitre.example.org' })).toBe(false)
  expect(from({ origin: 'https://pupitre.example.org:444' })).toBe(false)
  expect(from({ origin: 'null' })).toBe(false)
  expect(from({ origin: '' })).toBe(false)
})

test('a program that is no browser has no origin, and may come with its cookie', () => {
  expect(isOurOrigin({}, ['https://pupitre.example.org'])).toBe(true)
  expect(isOurOrigin({ 'sec-fetch-mode': 'websocket' }, [])).toBe(true)
  expect(isOurOrigin({ 'sec-fetch-site': 'cross-site' }, [])).toBe(false)
})
