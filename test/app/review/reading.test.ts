import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import { openReading } from '#app/(newsroom)/drafts/[id]/_components/review/reading.ts'
import { metaOf } from '#lib/documents/draft/roots.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const write = (doc: Y.Doc, title: string) => metaOf(doc).set('title', title)

/** A page, and somebody else’s, in step with each other. */
function twoPages() {
  const [here, there] = [new Y.Doc(), new Y.Doc()]
  there.on('update', (update: Uint8Array) => Y.applyUpdate(here, update, 'network'))
  here.on('update', (update: Uint8Array, origin) => origin !== 'network' && Y.applyUpdate(there, update))
  write(there, 'Avant')
  return { here, there }
}

test('what others change is to be read, and one’s own edits are', () => {
  const { here, there } = twoPages()
  const reading = openReading(here)
  write(here, 'De ma main')
  vi.runAllTimers()
  expect(reading.get()).toMatchObject({ changed: false, base: { text: { title: 'De ma main' } } })
  write(there, 'D’une autre main')
  vi.runAllTimers()
  expect(reading.get()).toMatchObject({ changed: true, base: { text: { title: 'De ma main' } } })
})

test('one’s own edit on top of what others changed does not pass for having read it', () => {
  const { here, there } = twoPages()
  const reading = openReading(here)
  write(there, 'D’une autre main')
  write(here, 'Et de la mienne')
  vi.runAllTimers()
  expect(reading.get()).toMatchObject({ changed: true, base: { text: { title: 'Avant' } } })
})

test('what was changed and changed back, or has been read, is unchanged', () => {
  const { here, there } = twoPages()
  const reading = openReading(here)
  write(there, 'Autre')
  vi.runAllTimers()
  write(there, 'Avant')
  vi.runAllTimers()
  expect(reading.get().changed).toBe(false)
  write(there, 'Autre')
  vi.runAllTimers()
  reading.catchUp()
  expect(reading.get()).toMatchObject({ changed: false, base: { text: { title: 'Autre' } } })
  write(here, 'De ma main')
  vi.runAllTimers()
  expect(reading.get().changed).toBe(false)
})

test('a reading that is closed looks at nothing any more', () => {
  const { here, there } = twoPages()
  const reading = openReading(here)
  write(there, 'Autre')
  reading.close()
  vi.runAllTimers()
  expect(reading.get().changed).toBe(false)
})
