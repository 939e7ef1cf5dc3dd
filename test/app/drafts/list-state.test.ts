import { describe, expect, test } from 'vitest'
import { addressOf, type ListFilter, readFilter } from '#app/(newsroom)/drafts/_components/filter.ts'
import { type DraftLines, withNews, withNextPage } from '#app/(newsroom)/drafts/_components/list-state.ts'
import type { DraftSummary } from '#lib/protocol/newsroom-events.ts'

const usual: ListFilter = { search: '', state: 'active', sort: 'edited', by: null }

const draft = (id: string, minute: number, change: Partial<DraftSummary> = {}): DraftSummary => ({
  id,
  title: id,
  excerpt: '',
  wordCount: 0,
  stage: 'drafting',
  createdBy: null,
  lastEditor: null,
  lastEditedAt: new Date(Date.UTC(2026, 10, 22, 8, minute)).toISOString(),
  archivedAt: null,
  ...change,
})

const lines = (drafts: readonly DraftSummary[], more = false): DraftLines => ({ drafts, more })
const ids = (list: DraftLines | null) => list?.drafts.map(({ id }) => id)

describe('news in the list of drafts', () => {
  test('a draft that was just touched rises to the top', () => {
    const list = lines([draft('b', 20), draft('a', 10)])
    expect(ids(withNews(list, draft('a', 30), usual))).toEqual(['a', 'b'])
  })

  test('a new draft appears where it belongs', () => {
    expect(ids(withNews(lines([draft('b', 20)]), draft('c', 10), usual))).toEqual(['b', 'c'])
  })

  test('one that belongs to a page not loaded yet does not appear', () => {
    expect(ids(withNews(lines([draft('b', 20)], true), draft('c', 10), usual))).toEqual(['b'])
  })

  test('an archived draft leaves the active list and enters the archived one', () => {
    const archived = draft('a', 10, { archivedAt: '2026-11-22T09:00:00.000Z' })
    expect(ids(withNews(lines([draft('a', 10)]), archived, usual))).toEqual([])
    expect(ids(withNews(lines([]), archived, { ...usual, state: 'archived' }))).toEqual(['a'])
  })

  test('by title, French order decides and the untitled come last', () => {
    const list = lines([draft('Eau', 1), draft('Zone', 1), draft('', 1)])
    const named = draft('x', 2, { title: 'Été' })
    expect(withNews(list, named, { ...usual, sort: 'title' })?.drafts.map(({ title }) => title)).toEqual([
      'Eau',
      'Été',
      'Zone',
      '',
    ])
  })

  test('in a search only the server knows whether an unknown draft belongs; a shown one changes in place', () => {
    const list = lines([draft('b', 20), draft('a', 10)])
    const searching = { ...usual, search: 'mot' }
    expect(withNews(list, draft('c', 30), searching)).toBeNull()
    expect(withNews(list, draft('a', 30, { title: 'neuf' }), searching)?.drafts[1]?.title).toBe('neuf')
  })

  test('the next page keeps a line that moved meanwhile once', () => {
    const joined = withNextPage(lines([draft('b', 20)], true), lines([draft('b', 20), draft('a', 10)]))
    expect(ids(joined)).toEqual(['b', 'a'])
    expect(joined.more).toBe(false)
  })
})

describe('the address of the list', () => {
  test('says what was chosen and comes back the same', () => {
    const filter: ListFilter = { search: 'été & hiver', state: 'archived', sort: 'title', by: 'x' }
    const params = new URL(addressOf(filter), 'http://localhost').searchParams
    expect(readFilter((name) => params.get(name))).toEqual(filter)
    expect(addressOf(usual)).toBe('/drafts')
  })

  test('with values that mean nothing shows the usual list', () => {
    const given: Record<string, string> = { state: 'gone', sort: '1', q: '' }
    expect(readFilter((name) => given[name] ?? null)).toEqual(usual)
  })
})
