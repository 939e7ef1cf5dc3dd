import type { Meters } from '../meters.ts'
import type { UpdateLog } from './update-log.ts'

/** A log of which whoever watches the process hears how long it takes, and what of it fails. */
export const meteredLog = (log: UpdateLog, meters: Meters): UpdateLog => ({
  ...log,
  async append(entries) {
    const since = performance.now()
    try {
      const seqs = await log.append(entries)
      meters.appended(entries.length, performance.now() - since)
      return seqs
    } catch (error) {
      meters.appendFailed()
      throw error
    }
  },
  async compact(document) {
    const since = performance.now()
    try {
      const outcome = await log.compact(document)
      meters.compacted(outcome, performance.now() - since)
      return outcome
    } catch (error) {
      meters.compacted('failed', performance.now() - since)
      throw error
    }
  },
  async since(document, seq) {
    const stored = await log.since(document, seq)
    if (stored) meters.rowsRead(stored.updates.length)
    return stored
  },
})
