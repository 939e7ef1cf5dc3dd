import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { writePermissionDenied } from 'y-protocols/auth'
import { Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness'
import { writeUpdate } from 'y-protocols/sync'
import * as Y from 'yjs'
import { openConnection } from '#app/_collab/connection.ts'
import { DENIED, MESSAGE } from '#lib/protocol/messages.ts'

beforeEach(() => {
  vi.stubGlobal('location', new URL('https://redaction.exemple.quebec/drafts'))
})
afterEach(() => {
  vi.unstubAllGlobals()
})

const frameOf = (write: (encoder: encoding.Encoder) => void) => {
  const encoder = encoding.createEncoder()
  write(encoder)
  return decoding.createDecoder(encoding.toUint8Array(encoder))
}

/** A connection that is never opened; `hear` gives it what a server would say. */
function connectionOf(name: string) {
  const heard: string[] = []
  const note = (what: string) => () => void heard.push(what)
  const connection = openConnection(
    new Y.Doc(),
    { name, schemaVersion: 7 },
    '0b5f7c0e-8f53-4a43-9d6a-2f6d1e9c5a01',
    {
      exchanged: note('exchanged'),
      durable: note('durable'),
      storage: note('storage'),
      refused: note('refused'),
      corrected: note('corrected'),
      beforeOthers: note('beforeOthers'),
    },
  )
  const hearDenied = (reason: string) => {
    const encoder = encoding.createEncoder()
    writePermissionDenied(encoder, reason)
    const decoder = decoding.createDecoder(encoding.toUint8Array(encoder))
    const { provider } = connection
    provider.messageHandlers[MESSAGE.auth]?.(encoding.createEncoder(), decoder, provider, false, MESSAGE.auth)
  }
  return { connection, heard, hearDenied }
}

describe('the connection of a page', () => {
  test('asks for the document by its name, with the shape that the page knows, and says whose page it is', () => {
    const { connection } = connectionOf('calendar/main')
    expect(connection.provider.url).toBe(
      'wss://redaction.exemple.quebec/collab/calendar/main?schema=7&as=0b5f7c0e-8f53-4a43-9d6a-2f6d1e9c5a01',
    )
    connection.close()
  })

  test('a correction is no refusal: the page goes on writing', () => {
    const { connection, heard, hearDenied } = connectionOf('calendar/main')
    hearDenied(DENIED.corrected)
    expect(heard).toEqual(['corrected'])
    connection.close()
  })

  test('dropped edits are a refusal, and so is a reason that this page does not know', () => {
    const { connection, heard, hearDenied } = connectionOf('draft/some')
    hearDenied(DENIED.readOnly)
    hearDenied('of a later version')
    expect(heard).toEqual(['refused', 'refused'])
    connection.close()
  })

  test('others’ carets are known before the text that moved them: the editor draws both at once', () => {
    vi.useFakeTimers()
    const { connection } = connectionOf('draft/some')
    const { provider, awareness } = connection
    const hear = (type: number, write: (encoder: encoding.Encoder) => void) =>
      provider.messageHandlers[type]?.(encoding.createEncoder(), frameOf(write), provider, false, type)
    const other = new Y.Doc()
    const presence = new Awareness(other)
    const write = (text: string) => {
      other.getText('body').insert(0, text)
      hear(MESSAGE.sync, (encoder) => writeUpdate(encoder, Y.encodeStateAsUpdate(other)))
      presence.setLocalState({ cursor: text })
      const caret = encodeAwarenessUpdate(presence, [other.clientID])
      hear(MESSAGE.awareness, (encoder) => encoding.writeVarUint8Array(encoder, caret))
    }
    const seen: string[] = []
    provider.doc.on('update', () => seen.push('text'))
    awareness.on('change', () => seen.push('carets'))
    write('the first text is let in at once, what follows it together')
    write('two')
    vi.advanceTimersByTime(300)
    expect(seen).toEqual(['text', 'carets', 'carets', 'text'])
    presence.destroy()
    connection.close()
    vi.useRealTimers()
  })
})
