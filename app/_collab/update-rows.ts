import { openDatabase, settled, write } from './browser-database.ts'

/** The database of one document in this browser: a row an update, in the order in which they came. */
const TABLE = 'updates'

export type UpdateRows = {
  /** Ascending; one for each of `updates`. */
  readonly keys: readonly number[]
  readonly updates: readonly Uint8Array[]
}

export const openRows = (name: string, onLost: () => void): Promise<IDBDatabase> =>
  openDatabase(name, (database) => database.createObjectStore(TABLE, { autoIncrement: true }), onLost)

export async function readRows(database: IDBDatabase): Promise<UpdateRows> {
  const transaction = database.transaction(TABLE, 'readonly')
  const table = transaction.objectStore(TABLE)
  const keys: IDBRequest<IDBValidKey[]> = table.getAllKeys()
  const updates: IDBRequest<Uint8Array[]> = table.getAll()
  transaction.commit()
  await settled(transaction)
  return { keys: keys.result.map(Number), updates: updates.result }
}

export const addRows = (database: IDBDatabase, updates: readonly Uint8Array[]): Promise<void> =>
  write(database, TABLE, (table) => {
    for (const update of updates) table.add(update)
  })

/**
 * Puts `whole` in the place of rows that were read. Keys are given in the order of commits, so between the first
 * and the last that were read stands no row that was not: what another tab has added since stays.
 */
export const foldRows = (database: IDBDatabase, keys: readonly number[], whole: Uint8Array): Promise<void> =>
  write(database, TABLE, (table) => {
    const [first, last] = [keys[0], keys.at(-1)]
    if (first !== undefined && last !== undefined) table.delete(IDBKeyRange.bound(first, last))
    table.add(whole)
  })
