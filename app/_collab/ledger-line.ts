import { onCount } from './local-store.ts'

/** While somebody types, edits are made and saved several times a second: the ledger follows this late. */
const SETTLE_MS = 2_000

type Line = { readonly edits: number; readonly durableAt: number | null }

export type LedgerLine = {
  remember(edits: number, durableAt: number | null): void
  /** Writes what is not written yet. */
  close(): Promise<void>
}

/**
 * One document’s line in the ledger. It may say for two seconds that something waits although it is saved: the next
 * visit then asks the server once too often. It never says that nothing waits when something does.
 */
export function openLedgerLine(
  write: (edits: number, durableAt: number | null) => Promise<void>,
): LedgerLine {
  let written = 0
  let latest: Line = { edits: 0, durableAt: null }
  let timer: ReturnType<typeof setTimeout> | null = null

  const flush = async () => {
    if (timer) clearTimeout(timer)
    timer = null
    if (latest.edits === written) return
    written = latest.edits
    // A full disk: the page goes on, and its saved state does not depend on the ledger.
    await write(latest.edits, latest.durableAt).catch(() => {})
  }
  const stopListening = onCount(flush)

  return {
    remember(edits, durableAt) {
      latest = { edits, durableAt }
      if (edits > written) void flush()
      else timer ??= setTimeout(() => void flush(), SETTLE_MS)
    },
    async close() {
      stopListening()
      await flush()
    },
  }
}
