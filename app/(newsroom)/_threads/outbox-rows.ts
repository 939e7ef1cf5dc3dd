import { openDatabase, settled, write } from '#app/_collab/browser-database.ts'
import { onForget, storeName, writeCopy, writeKept } from '#app/_collab/local-store.ts'
import type { CommentId, VolunteerId } from '#lib/domain/ids.ts'
import type { ThreadSubject, ThreadView } from '#lib/protocol/threads.ts'
import type { Unsent } from './thread-list.ts'

/**
 * What a volunteer said and the server has not heard, and the threads that were read last, kept in this browser: one
 * database of each volunteer’s own, forgotten at sign-out with all others (local-store.ts).
 */
export type OutboxRows = {
  all(): Promise<readonly Unsent[]>
  put(unsent: Unsent): Promise<void>
  remove(id: CommentId): Promise<void>
  /** The threads of a subject as they were last read; null where they never were. */
  list(subject: ThreadSubject): Promise<readonly ThreadView[] | null>
  keepList(subject: ThreadSubject, threads: readonly ThreadView[]): Promise<void>
}

/** Raised when the shape of what is kept changes: an older list is then not shown. */
const SHAPE = 1

const keyOf = ({ kind, id }: ThreadSubject) => `${kind}/${id}`

/** Every call rejects where the browser keeps nothing (a private window, a full disk). */
export function openOutboxRows(volunteerId: VolunteerId): OutboxRows {
  const store = storeName(volunteerId, 'comments')
  let opening: Promise<IDBDatabase> | null = null
  let forgotten = false

  const forget = () => {
    opening = null
  }
  const make = (database: IDBDatabase) => {
    database.createObjectStore('unsent', { keyPath: 'id' })
    database.createObjectStore('lists', { keyPath: 'key' })
  }
  const close = async () => {
    forgotten = true
    const database = await opening?.catch(() => null)
    forget()
    database?.close()
  }
  const open = (): Promise<IDBDatabase> => {
    // A list that arrives, or a comment that is sent, after its reader has signed out would make the database anew.
    if (forgotten) return Promise.reject(new Error('whoever this was for has signed out'))
    if (opening) return opening
    const opened = openDatabase(store, make, forget)
    opening = opened
    opened.catch(forget)
    return opened
  }
  onForget(close)
  const read = async <T>(table: string, ask: (table: IDBObjectStore) => IDBRequest<T>): Promise<T> => {
    const transaction = (await open()).transaction(table, 'readonly')
    const request = ask(transaction.objectStore(table))
    await settled(transaction)
    return request.result
  }
  const all = async () => {
    const rows = await read<Unsent[]>('unsent', (table) => table.getAll())
    return rows.toSorted((one, other) => (one.at < other.at ? -1 : 1))
  }
  /** Signing out asks first while something waits, and spares it for its owner when somebody else signs out. */
  const count = async () => {
    const edits = (await all()).length
    await writeKept({ key: `${store}#outbox`, store, edits, durableAt: null }, [])
  }

  return {
    all,
    async put(unsent) {
      await write(await open(), 'unsent', (table) => table.put(unsent))
      await count()
    },
    async remove(id) {
      await write(await open(), 'unsent', (table) => table.delete(id))
      await count()
    },
    async list(subject) {
      const row = await read<{ shape: number; threads: readonly ThreadView[] } | undefined>(
        'lists',
        (table) => table.get(keyOf(subject)),
      )
      return row?.shape === SHAPE ? row.threads : null
    },
    async keepList(subject, threads) {
      await write(await open(), 'lists', (table) => table.put({ key: keyOf(subject), shape: SHAPE, threads }))
      // Whoever signs in here next makes this copy go, as those of documents.
      await writeCopy({ store, volunteerId, schema: SHAPE, syncedAt: Date.now() })
    },
  }
}
