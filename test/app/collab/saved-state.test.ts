import { describe, expect, test } from 'vitest'
import {
  keptEdits,
  reduceSaved,
  type SavedEvent,
  type SavedState,
  startSaved,
  storedEdits,
  viewSaved,
  wakeSavedAt,
  wantsBarrier,
  wouldLose,
} from '#app/_collab/saved-state.ts'

const after = (events: readonly SavedEvent[], from: SavedState = startSaved(0)): SavedState =>
  events.reduce(reduceSaved, from)
const up: SavedEvent = { type: 'up', at: 0 }
const edit = (at: number): SavedEvent => ({ type: 'edit', at })
const asked = (at: number): SavedEvent => ({ type: 'asked', at })
const stored = (version: number): SavedEvent => ({ type: 'stored', version })
const durable = (n: number, at: number): SavedEvent => ({ type: 'durable', n, at })

describe('what the page says of its edits', () => {
  test('it says nothing of saving before the server has answered', () => {
    expect(viewSaved(startSaved(0), 0)).toEqual({ kind: 'connecting' })
  })

  test('an edit is being saved until a barrier sent after it is answered', () => {
    const typed = after([up, edit(100), asked(180)])
    expect(viewSaved(typed, 1_000)).toEqual({ kind: 'saving' })
    expect(viewSaved(after([durable(1, 190)], typed), 1_000)).toEqual({ kind: 'saved' })
  })

  test('an edit made after the barrier left is not covered by its answer', () => {
    const state = after([up, edit(100), asked(180), edit(185), durable(1, 190)])
    expect(viewSaved(state, 1_000)).toEqual({ kind: 'saving' })
    expect(wantsBarrier(state)).toBe(true)
  })

  test('one barrier at a time covers the same edits', () => {
    const state = after([up, edit(100), asked(180)])
    expect(wantsBarrier(state)).toBe(false)
    expect(wantsBarrier(after([edit(200)], state))).toBe(true)
  })

  test('who only watches asks once a connection, to be told when what others write is not committed', () => {
    const watching = after([up])
    expect(wantsBarrier(watching)).toBe(true)
    const introduced = after([asked(10), durable(1, 20)], watching)
    expect(wantsBarrier(introduced)).toBe(false)
    expect(viewSaved(introduced, 1_000)).toEqual({ kind: 'saved' })
    expect(viewSaved(after([{ type: 'storage', behind: true }], introduced), 1_000).kind).toBe('late')
    expect(wantsBarrier(after([{ type: 'down' }, up], introduced))).toBe(true)
    expect(wantsBarrier(after([{ type: 'rights', rights: 'refused' }, up]))).toBe(true)
  })

  test('a connection that ends and comes back within two seconds is told neither as offline nor as saved', () => {
    const parted: SavedEvent = { type: 'parted', at: 1_000 }
    const watching = after([up, asked(10), durable(1, 20), parted])
    expect(viewSaved(watching, 2_999)).toEqual({ kind: 'connecting' })
    expect(wakeSavedAt(watching, 1_500)).toBe(3_000)
    expect(viewSaved(watching, 3_000).kind).toBe('offline')
    const typing = after([up, edit(900), parted, edit(1_100)])
    expect(viewSaved(typing, 2_999)).toEqual({ kind: 'saving' })
    expect(viewSaved(typing, 3_000).kind).toBe('offline')
    const back = after([{ type: 'up', at: 1_700 }, asked(1_710), durable(1, 1_720)], typing)
    expect(viewSaved(back, 3_000)).toEqual({ kind: 'saved' })
  })

  test('attempts that fail give no further respite, nor does a connection whose commits were late', () => {
    const failing = after([up, { type: 'parted', at: 1_000 }, { type: 'parted', at: 2_900 }])
    expect(viewSaved(failing, 3_000).kind).toBe('offline')
    const behind = after([up, { type: 'storage', behind: true }, { type: 'parted', at: 1_000 }])
    expect(viewSaved(behind, 1_000).kind).toBe('offline')
    const late = after([up, edit(0), { type: 'parted', at: 6_000 }])
    expect(viewSaved(late, 6_000).kind).toBe('offline')
    const unplugged = after([up, { type: 'parted', at: 1_000 }, { type: 'down' }])
    expect(viewSaved(unplugged, 1_000).kind).toBe('offline')
    expect(viewSaved(after([{ type: 'parted', at: 0 }]), 0).kind).toBe('offline')
  })

  test('an answer that belongs to an earlier connection proves nothing', () => {
    const state = after([up, edit(100), asked(180), { type: 'down' }, up, durable(1, 300)])
    expect(viewSaved(state, 1_000)).toEqual({ kind: 'saving' })
    expect(keptEdits(state)).toBe(1)
  })

  test('edits that were on their way when the connection was lost are asked about again', () => {
    const state = after([up, edit(100), asked(180), { type: 'down' }])
    expect(wantsBarrier(state)).toBe(false)
    expect(wantsBarrier(after([up], state))).toBe(true)
  })

  test('«saved» waits for a pause in typing', () => {
    const state = after([up, edit(100), asked(180), durable(1, 190)])
    expect(viewSaved(state, 200)).toEqual({ kind: 'saving' })
    expect(wakeSavedAt(state, 200)).toBe(500)
    expect(viewSaved(state, 500)).toEqual({ kind: 'saved' })
  })

  test('after five seconds without a commit it says so, with the last moment that is certain', () => {
    const state = after([up, edit(0), asked(80), durable(1, 90), edit(2_000), asked(2_080)])
    expect(viewSaved(state, 6_999)).toEqual({ kind: 'saving' })
    expect(wakeSavedAt(state, 6_000)).toBe(7_000)
    expect(viewSaved(state, 7_000)).toEqual({ kind: 'late', durableAt: 90 })
  })

  test('what waited for a connection is not late the moment it is back', () => {
    const state = after([up, edit(0), { type: 'down' }, { type: 'up', at: 60_000 }])
    expect(viewSaved(state, 60_100)).toEqual({ kind: 'saving' })
    expect(viewSaved(state, 65_000)).toEqual({ kind: 'late', durableAt: null })
  })

  test('when the server says that commits do not keep up, nothing is called saved', () => {
    const behind = after([up, { type: 'storage', behind: true }])
    expect(viewSaved(behind, 1_000)).toEqual({ kind: 'late', durableAt: null })
    expect(viewSaved(after([{ type: 'storage', behind: false }], behind), 1_000)).toEqual({ kind: 'saved' })
  })
})

describe('how modifications are counted', () => {
  test('keys that follow one another are one modification, a pause starts the next', () => {
    const state = after([
      { type: 'down' },
      edit(0),
      edit(300),
      edit(600),
      edit(2_000),
      edit(2_100),
      stored(5),
    ])
    expect(viewSaved(state, 3_000)).toEqual({ kind: 'offline', edits: 2, durableAt: null })
  })

  test('typing without a pause is cut every ten seconds', () => {
    const keys = Array.from({ length: 60 }, (_, index) => edit(index * 500))
    expect(keptEdits(after([{ type: 'down' }, ...keys]))).toBe(3)
  })

  test('the rest of a half-saved modification still counts as one', () => {
    const state = after([up, edit(0), asked(80), edit(200), durable(1, 210), { type: 'down' }])
    expect(keptEdits(state)).toBe(1)
  })

  test('modifications of an earlier visit count until a barrier sent after they were read is answered', () => {
    const adopted: SavedEvent = { type: 'adopted', edits: 4, durableAt: 7, at: 1_000 }
    const offline = after([{ type: 'down' }, adopted])
    expect(viewSaved(offline, 1_000)).toEqual({ kind: 'offline', edits: 4, durableAt: 7 })
    const more = after([edit(1_100)], offline)
    expect(keptEdits(more)).toBe(5)
    const back = after([{ type: 'up', at: 2_000 }, asked(2_000), durable(1, 2_010)], more)
    expect(keptEdits(back)).toBe(0)
  })

  test('a barrier that left before the earlier visit was read does not cover it', () => {
    const state = after([
      up,
      edit(10),
      asked(90),
      { type: 'adopted', edits: 2, durableAt: null, at: 95 },
      durable(1, 100),
    ])
    expect(keptEdits(state)).toBe(2)
    expect(wantsBarrier(state)).toBe(true)
  })
})

describe('what this browser keeps', () => {
  const typed = after([{ type: 'down' }, edit(0), edit(300)])

  test('a modification counts as kept here once it is stored here', () => {
    expect(viewSaved(typed, 400)).toMatchObject({ kind: 'offline', edits: 0 })
    expect(viewSaved(after([stored(2)], typed), 400)).toMatchObject({ kind: 'offline', edits: 1 })
    expect(keptEdits(typed)).toBe(1)
  })

  test('the one being typed goes on counting while its last letters are stored', () => {
    const state = after([stored(2), edit(600)], typed)
    expect(storedEdits(state)).toBe(1)
    expect(storedEdits(after([edit(5_000)], state))).toBe(1)
  })

  test('where storing fails only what is stored whole counts', () => {
    const state = after([stored(2), edit(600), { type: 'keeps', keeps: false }], typed)
    expect(storedEdits(state)).toBe(0)
    expect(storedEdits(after([{ type: 'keeps', keeps: true }, stored(3)], state))).toBe(1)
  })

  test('the page would lose what is neither stored here nor committed there', () => {
    expect(wouldLose(startSaved(0))).toBe(false)
    expect(wouldLose(typed)).toBe(true)
    expect(wouldLose(after([stored(1)], typed))).toBe(true)
    expect(wouldLose(after([stored(2)], typed))).toBe(false)
    const online = after([up, edit(0), asked(80), edit(200)])
    expect(wouldLose(after([durable(1, 210)], online))).toBe(true)
    expect(wouldLose(after([durable(1, 210), asked(280), durable(2, 290)], online))).toBe(false)
  })

  test('what an earlier visit left was read from here: it is kept, whatever is typed before it is read', () => {
    const adopted: SavedEvent = { type: 'adopted', edits: 3, durableAt: null, at: 100 }
    expect(wouldLose(after([{ type: 'down' }, adopted]))).toBe(false)
    const state = after([{ type: 'down' }, edit(0), adopted, stored(1)])
    expect(storedEdits(state)).toBe(4)
    expect(wouldLose(state)).toBe(false)
  })

  test('a late word of the store takes nothing back', () => {
    expect(storedEdits(after([stored(2), stored(1)], typed))).toBe(1)
  })
})

describe('when the right to write is lost', () => {
  test('what the server drops is never called saved, even if a barrier after it is answered', () => {
    const state = after([up, edit(0), { type: 'rights', rights: 'refused' }, asked(80), durable(1, 90)])
    expect(viewSaved(state, 1_000)).toEqual({ kind: 'refused', edits: 1 })
  })

  test('while rights are in doubt an answered barrier proves nothing, and is asked for again once they are known', () => {
    const doubt: SavedEvent = { type: 'rights', rights: 'doubted' }
    const state = after([up, edit(0), asked(80), doubt, durable(1, 90)])
    expect(viewSaved(state, 1_000)).toEqual({ kind: 'saving' })
    expect(wantsBarrier(state)).toBe(false)
    expect(wantsBarrier(after([{ type: 'rights', rights: 'known' }], state))).toBe(true)
  })

  test('a reader who wrote nothing is simply up to date', () => {
    expect(viewSaved(after([{ type: 'rights', rights: 'refused' }, up]), 0)).toEqual({ kind: 'saved' })
  })
})
