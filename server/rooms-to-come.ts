import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { fail } from '#lib/domain/result.ts'
import type { PersonHere } from '#lib/protocol/newsroom-events.ts'
import type { EditDocument } from './drafts/types.ts'
import { refuseUpgrade } from './http/refuse.ts'

export type Sync = {
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void
  edit: EditDocument
  presences(): Readonly<Record<string, readonly PersonHere[]>>
  ready(): boolean
  stats(): { rooms: number; sockets: number; waiting: number }
  close(): Promise<void>
}

/** Until the rooms are there, every upgrade is told to come back. */
export const roomsToCome = (): Sync => ({
  handleUpgrade: (_request, socket) => refuseUpgrade(socket, 503),
  edit: async () => fail('unavailable'),
  presences: () => ({}),
  ready: () => true,
  stats: () => ({ rooms: 0, sockets: 0, waiting: 0 }),
  close: async () => {},
})
