import { describe, expect, it } from 'vitest'
import { type OutboxPorts, openOutbox } from '#app/(newsroom)/_threads/outbox.ts'
import type { Unsent } from '#app/(newsroom)/_threads/thread-list.ts'
import type { CommentId, DraftId, ThreadId, VolunteerId } from '#lib/domain/ids.ts'

const unsent = (letter: string, second = 1): Unsent => ({
  id: `00000000-0000-4000-8000-${letter.repeat(12)}` as CommentId,
  subject: { kind: 'draft', id: 'd' as DraftId },
  threadId: 't' as ThreadId,
  opens: null,
  body: letter,
  author: 'v' as VolunteerId,
  at: new Date(second * 1000).toISOString(),
  refused: null,
})

/** What tabs of one browser share: its store, and a lock. */
function browser({ full = false } = {}) {
  const rows = new Map<string, Unsent>()
  let last = Promise.resolve()
  const store: OutboxPorts['rows'] = {
    all: async () => [...rows.values()].toSorted((one, other) => (one.at < other.at ? -1 : 1)),
    put: async (row) => {
      if (full) throw new Error('the disk is full')
      rows.set(row.id, row)
    },
    remove: async (id) => void rows.delete(id),
  }
  const alone: OutboxPorts['alone'] = (run) => {
    last = last.then(run)
    return last
  }
  return { rows, store, alone }
}

function server() {
  const got: string[] = []
  const link = { up: true, refuse: null as string | null }
  const send: OutboxPorts['send'] = async ({ id, author, body, at }) => {
    await Promise.resolve()
    if (!link.up) return { ok: false, error: 'unreachable' }
    if (link.refuse) return { ok: false, error: link.refuse }
    got.push(body)
    const noted = { editedAt: null, deletedAt: null, reactions: [] }
    return { ok: true, value: { comment: { id, author, body, createdAt: at, ...noted } } }
  }
  return { got, link, send }
}

const settle = () => new Promise((resolve) => setTimeout(resolve, 0))

describe('the outbox', () => {
  it('sends what was written offline once the server is back, in its order, and forgets it', async () => {
    const { rows, store, alone } = browser()
    const { got, link, send } = server()
    link.up = false
    const outbox = openOutbox({ rows: store, send, alone })
    outbox.add(unsent('a', 1))
    outbox.add(unsent('b', 2))
    await outbox.flush()
    expect(outbox.waiting.get().map(({ body }) => body)).toEqual(['a', 'b'])
    expect(rows.size).toBe(2)
    link.up = true
    await outbox.flush()
    expect(got).toEqual(['a', 'b'])
    expect(outbox.waiting.get()).toEqual([])
    expect(rows.size).toBe(0)
  })

  it('sends a comment once from two tabs that both try', async () => {
    const { store, alone } = browser()
    const { got, link, send } = server()
    link.up = false
    const first = openOutbox({ rows: store, send, alone })
    first.add(unsent('a'))
    await first.flush()
    const second = openOutbox({ rows: store, send, alone })
    await second.flush()
    expect(second.waiting.get()).toHaveLength(1)
    link.up = true
    await Promise.all([first.flush(), second.flush(), first.flush()])
    expect(got).toEqual(['a'])
    expect(first.waiting.get()).toEqual([])
    expect(second.waiting.get()).toEqual([])
  })

  it('is there again after the page was loaded anew', async () => {
    const { store, alone } = browser()
    const { got, link, send } = server()
    link.up = false
    const before = openOutbox({ rows: store, send, alone })
    before.add(unsent('a'))
    await before.flush()
    const after = openOutbox({ rows: store, send, alone })
    link.up = true
    await after.flush()
    expect(got).toEqual(['a'])
  })

  it('keeps what the server does not want, says why, and does not send it again by itself', async () => {
    const { rows, store, alone } = browser()
    const { got, link, send } = server()
    link.refuse = 'mentionUnknown'
    const outbox = openOutbox({ rows: store, send, alone })
    outbox.add(unsent('a'))
    await outbox.flush()
    link.refuse = null
    await outbox.flush()
    expect(got).toEqual([])
    expect(outbox.waiting.get()[0]?.refused).toBe('mentionUnknown')
    expect(rows.size).toBe(1)
    await outbox.flush(unsent('a').id)
    expect(got).toEqual(['a'])
    expect(rows.size).toBe(0)
  })

  it('hands over what the server made of a comment before it waits no more', async () => {
    const { store, alone } = browser()
    const { send } = server()
    const outbox = openOutbox({ rows: store, send, alone })
    const seen: [string, number][] = []
    outbox.onSent((_unsent, sent) => {
      if ('comment' in sent) seen.push([sent.comment.body, outbox.waiting.get().length])
    })
    outbox.add(unsent('a'))
    await settle()
    await outbox.flush()
    expect(seen).toEqual([['a', 1]])
  })

  it('takes back what was refused', async () => {
    const { rows, store, alone } = browser()
    const { got, link, send } = server()
    link.refuse = 'tooLong'
    const outbox = openOutbox({ rows: store, send, alone })
    outbox.add(unsent('a'))
    await outbox.flush()
    await outbox.drop(unsent('a').id)
    link.refuse = null
    await outbox.flush()
    expect([got, rows.size, outbox.waiting.get()]).toEqual([[], 0, []])
  })

  it('says that it is at risk where the browser keeps nothing, and sends it all the same', async () => {
    const { store, alone } = browser({ full: true })
    const { got, link, send } = server()
    link.up = false
    const outbox = openOutbox({ rows: store, send, alone })
    outbox.add(unsent('a'))
    await settle()
    await outbox.flush()
    expect(outbox.atRisk.get()).toBe(true)
    expect(outbox.waiting.get()).toHaveLength(1)
    link.up = true
    await outbox.flush()
    expect(got).toEqual(['a'])
    expect(outbox.atRisk.get()).toBe(false)
  })
})
