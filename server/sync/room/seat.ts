import type { Actor } from '#lib/domain/permissions.ts'
import type { CloseCode } from '#lib/protocol/close-codes.ts'
import type { Frame } from '../wire/frames.ts'

/** One connection, as its room sees it. */
export type Seat = {
  readonly actor: Actor
  readonly access: 'write' | 'read'
  send(frame: Frame): void
  /** Sends step 1, unless one is waiting for its answer already. */
  ask(stepOne: Frame): void
  /** Tells a client that knows the word whether something on its screen is not committed. */
  tellStorage(behind: boolean): void
  close(code: CloseCode): void
}
