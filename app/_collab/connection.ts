import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { readAuthMessage } from 'y-protocols/auth'
import { applyAwarenessUpdate } from 'y-protocols/awareness'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import { DENIED, MESSAGE } from '#lib/protocol/messages.ts'
import { browserClock, openInbox } from './inbox.ts'
import { QuietAwareness } from './quiet-awareness.ts'
import type { RoomDocument } from './room-document.ts'

/** y-protocols/sync: what kind of sync message follows. */
const SYNC_STEP_1 = 0
const SYNC_UPDATE = 2

export type ConnectionEvents = {
  /** The server’s state and ours have been exchanged: a barrier now covers all this page holds. */
  exchanged(): void
  durable(n: number): void
  storage(behind: boolean): void
  /** The server drops what this page writes. */
  refused(): void
  /** The server put right what this page wrote; the true state is on its way into the document. */
  corrected(): void
  /** Changes by others are about to enter the document. */
  beforeOthers(): void
}

export type Connection = {
  readonly provider: WebsocketProvider
  readonly awareness: QuietAwareness
  /** @returns false when there is no open socket to send it on. */
  sendBarrier(n: number): boolean
  noteOwnKey(): void
  close(): void
}

type Letter =
  | { readonly kind: 'update'; readonly bytes: Uint8Array }
  | { readonly kind: 'presence'; readonly bytes: Uint8Array }

function deliverTo(doc: Y.Doc, provider: WebsocketProvider, before: () => void) {
  return (letters: readonly Letter[]) => {
    before()
    // Carets first: the editor draws them with the text, instead of drawing them again behind it.
    for (const letter of letters) {
      if (letter.kind === 'presence') applyAwarenessUpdate(provider.awareness, letter.bytes, provider)
    }
    // One transaction, so that the editor looks at the document once; its origin keeps it from being sent back.
    const applyAll = () => {
      for (const letter of letters) if (letter.kind === 'update') Y.applyUpdate(doc, letter.bytes, provider)
    }
    Y.transact(doc, applyAll, provider, false)
  }
}

const socketOrigin = (): string => location.origin.replace(/^http/, 'ws')

/**
 * Opens the stock provider on a document, with the handlers of messages.ts beside its own.
 * @param as the volunteer whose page it is: nothing is sent in the name of whoever signs in here later
 */
export function openConnection(
  doc: Y.Doc,
  document: RoomDocument,
  as: string,
  events: ConnectionEvents,
): Connection {
  const awareness = new QuietAwareness(doc)
  const provider = new WebsocketProvider(`${socketOrigin()}/collab`, document.name, doc, {
    awareness,
    connect: false,
    params: { schema: String(document.schemaVersion), as },
    // A server that restarts is back within two seconds; nobody should wait longer than it does.
    maxBackoffTime: 1_500,
    // Between tabs of one browser the provider would hand over text that the server has not committed,
    // and «saved» in one tab would then speak for text that only another tab has sent.
    disableBc: true,
  })
  const inbox = openInbox<Letter>(deliverTo(doc, provider, events.beforeOthers), browserClock)
  // The provider is about to drop everybody’s presence: none may come out of the inbox after that.
  provider.on('connection-close', inbox.flush)
  const { messageHandlers } = provider
  const stockSync = messageHandlers[MESSAGE.sync]

  messageHandlers[MESSAGE.sync] = (encoder, decoder, ...rest) => {
    const step = decoding.peekVarUint(decoder)
    if (step === SYNC_UPDATE) {
      decoding.readVarUint(decoder)
      inbox.push({ kind: 'update', bytes: decoding.readVarUint8Array(decoder) })
      return
    }
    inbox.flush()
    stockSync?.(encoder, decoder, ...rest)
    // The provider sends our answer as soon as this returns; whatever follows it may rely on it.
    if (step === SYNC_STEP_1) queueMicrotask(events.exchanged)
  }
  messageHandlers[MESSAGE.awareness] = (_encoder, decoder) => {
    inbox.push({ kind: 'presence', bytes: decoding.readVarUint8Array(decoder) })
  }
  messageHandlers[MESSAGE.auth] = (_encoder, decoder) =>
    readAuthMessage(decoder, doc, (_doc, reason) => {
      // A reason that this page does not know is taken for the graver one.
      if (reason === DENIED.corrected) events.corrected()
      else events.refused()
    })
  messageHandlers[MESSAGE.durable] = (_encoder, decoder) => events.durable(decoding.readVarUint(decoder))
  messageHandlers[MESSAGE.storage] = (_encoder, decoder) =>
    events.storage(decoding.readVarUint(decoder) === 1)

  return {
    provider,
    awareness,
    sendBarrier(n) {
      const socket = provider.ws
      if (!provider.wsconnected || socket?.readyState !== WebSocket.OPEN) return false
      const encoder = encoding.createEncoder()
      encoding.writeVarUint(encoder, MESSAGE.barrier)
      encoding.writeVarUint(encoder, n)
      socket.send(encoding.toUint8Array(encoder) as Uint8Array<ArrayBuffer>)
      return true
    },
    noteOwnKey: inbox.noteOwnKey,
    close() {
      inbox.close()
      provider.destroy()
      awareness.destroy()
    },
  }
}
