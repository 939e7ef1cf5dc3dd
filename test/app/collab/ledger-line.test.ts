import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { openLedgerLine } from '#app/_collab/ledger-line.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

function line() {
  const written: number[] = []
  const ledger = openLedgerLine(async (edits) => {
    written.push(edits)
  })
  return { ledger, written }
}

describe('the ledger of edits that wait in this browser', () => {
  test('more edits than it knows of are written at once', () => {
    const { ledger, written } = line()
    ledger.remember(1, null)
    ledger.remember(2, null)
    expect(written).toEqual([1, 2])
  })

  test('edits that are made and saved at every key are written once, and cleared when the typing stops', async () => {
    const { ledger, written } = line()
    for (let key = 0; key < 10; key += 1) {
      ledger.remember(1, null)
      ledger.remember(0, 5)
      await vi.advanceTimersByTimeAsync(150)
    }
    expect(written).toEqual([1])
    await vi.advanceTimersByTimeAsync(2_000)
    expect(written).toEqual([1, 0])
  })

  test('leaving the draft writes what is true', async () => {
    const { ledger, written } = line()
    ledger.remember(1, null)
    ledger.remember(0, 5)
    await ledger.close()
    expect(written).toEqual([1, 0])
  })
})
