/**
 * Writing to IndexedDB so that it outlives the page. Every transaction says itself that it is complete (`commit`),
 * in the turn in which it was begun. Left alone, a browser first asks the page whether more is to come; a page that
 * is being closed does not answer, and what was written in its last moments is rolled back.
 */

/** Settles with the transaction: once it has, the browser has what was written, whatever becomes of the page. */
export const settled = (transaction: IDBTransaction): Promise<void> =>
  new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve()
    transaction.onabort = () => reject(transaction.error ?? new Error('the browser dropped a transaction'))
  })

/**
 * Opens a database, and makes it where it is not there yet.
 * @param onLost the browser took it away, or another tab deletes it; it is closed then. Rejects where the browser
 * keeps nothing (a private window, a full disk).
 */
export const openDatabase = (
  name: string,
  make: (database: IDBDatabase) => void,
  onLost: () => void,
): Promise<IDBDatabase> =>
  new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1)
    request.onupgradeneeded = () => make(request.result)
    request.onerror = () => reject(request.error)
    request.onsuccess = () => {
      const database = request.result
      database.onclose = onLost
      // Without letting go here, the deletion would wait for this page.
      database.onversionchange = () => {
        database.close()
        onLost()
      }
      resolve(database)
    }
  })

/**
 * Changes one table, all or nothing. The process has it then, the disk within seconds: a crash of the browser loses
 * nothing, a power cut may. Waiting for the disk would hold each transaction up behind the one before it, and a page
 * that is closed would overtake them.
 */
export async function write(
  database: IDBDatabase,
  table: string,
  change: (table: IDBObjectStore) => void,
): Promise<void> {
  const transaction = database.transaction(table, 'readwrite', { durability: 'relaxed' })
  change(transaction.objectStore(table))
  transaction.commit()
  await settled(transaction)
}
