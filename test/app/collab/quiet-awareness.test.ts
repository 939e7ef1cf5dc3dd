import { afterEach, describe, expect, test } from 'vitest'
import { applyAwarenessUpdate, encodeAwarenessUpdate } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { QuietAwareness } from '#app/_collab/quiet-awareness.ts'

const open: QuietAwareness[] = []
function person(): QuietAwareness {
  const awareness = new QuietAwareness(new Y.Doc())
  open.push(awareness)
  return awareness
}
afterEach(() => {
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
    const sent = counting(awareness, 'update')
    awareness.setLocalStateField('cursor', { anchor: 1, head: 1 })
    expect(sent.times).toBe(0)
    awareness.setLocalStateField('cursor', { anchor: 2, head: 2 })
    expect(sent.times).toBe(1)
  })

  test('the sign of life of the stock class still goes out', () => {
    const awareness = person()
    const sent = counting(awareness, 'update')
    awareness.setLocalState(awareness.getLocalState())
    expect(sent.times).toBe(1)
  })

  test('news of others is shown and not sent back', () => {
    const other = person()
    const awareness = person()
    other.setLocalStateField('user', { name: 'Rosalie' })
    const sent = counting(awareness, 'update')
    const shown = counting(awareness, 'change')
    applyAwarenessUpdate(awareness, encodeAwarenessUpdate(other, [other.clientID]), 'socket')
    expect(shown.times).toBe(1)
    expect(sent.times).toBe(0)
    expect(awareness.getStates().get(other.clientID)).toEqual({ user: { name: 'Rosalie' } })
  })
})
