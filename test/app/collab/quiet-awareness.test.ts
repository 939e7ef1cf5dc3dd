import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { applyAwarenessUpdate, encodeAwarenessUpdate } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { QuietAwareness } from '#app/_collab/quiet-awareness.ts'

const open: QuietAwareness[] = []
function person(): QuietAwareness {
  const awareness = new QuietAwareness(new Y.Doc())
  open.push(awareness)
  return awareness
}
beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
  for (const awareness of open.splice(0)) awareness.destroy()
})

function counting(awareness: QuietAwareness, name: 'update' | 'change') {
  const count = { times: 0 }
  awareness.on(name, () => {
    count.times += 1
  })
  return count
}

describe('presence that says a thing once', () => {
  test('a caret that did not move is not sent again', () => {
    const awareness = person()
    awareness.setLocalStateField('cursor', { anchor: 1, head: 1 })
    vi.runOnlyPendingTimers()
    const sent = counting(awareness, 'update')
    awareness.setLocalStateField('cursor', { anchor: 1, head: 1 })
    vi.advanceTimersByTime(1_000)
    expect(sent.times).toBe(0)
    awareness.setLocalStateField('cursor', { anchor: 2, head: 2 })
    vi.advanceTimersByTime(100)
    expect(sent.times).toBe(1)
  })

  test('a caret that moves all the time is told a few times a second, and shown here at once', () => {
    const awareness = person()
    vi.runOnlyPendingTimers()
    const sent = counting(awareness, 'update')
    const shown = counting(awareness, 'change')
    for (let step = 0; step < 50; step += 1) {
      awareness.setLocalStateField('cursor', { anchor: step, head: step })
      vi.advanceTimersByTime(10)
    }
    vi.advanceTimersByTime(100)
    expect(shown.times).toBe(50)
    expect(sent.times).toBeLessThanOrEqual(14)
  })

  test('whoever leaves says so at once', () => {
    const awareness = person()
    const sent = counting(awareness, 'update')
    awareness.setLocalState(null)
    expect(sent.times).toBe(1)
  })

  test('the sign of life of the stock class still goes out', () => {
    const awareness = person()
    vi.runOnlyPendingTimers()
    const sent = counting(awareness, 'update')
    awareness.setLocalState(awareness.getLocalState())
    vi.advanceTimersByTime(100)
    expect(sent.times).toBe(1)
  })

  test('news of others is shown and not sent back', () => {
    const other = person()
    const awareness = person()
    other.setLocalStateField('user', { name: 'Rosalie' })
    vi.runOnlyPendingTimers()
    const sent = counting(awareness, 'update')
    const shown = counting(awareness, 'change')
    applyAwarenessUpdate(awareness, encodeAwarenessUpdate(other, [other.clientID]), 'socket')
    vi.advanceTimersByTime(100)
    expect(shown.times).toBe(1)
    expect(sent.times).toBe(0)
    expect(awareness.getStates().get(other.clientID)).toEqual({ user: { name: 'Rosalie' } })
  })
})
