import { type StockClient, textOf, typeParagraph } from '#test/support/sync-client.ts'
import { marksWritten } from './mark-writer.ts'

type Writing = { readonly at: number; readonly writer: StockClient }

/** People who type marks without a pause, each on a node, and when each of them saw those of the others. */
export class Typists {
  readonly #pages: readonly StockClient[]
  readonly #written = new Map<string, Writing>()
  /** How long each mark took to the last of the others, in milliseconds, with the moment at which it was written. */
  readonly #waits = new Map<string, { readonly at: number; readonly waited: number }>()
  readonly #timers: NodeJS.Timeout[] = []

  constructor(pages: readonly StockClient[], every: number) {
    this.#pages = pages
    for (const [index, page] of pages.entries()) {
      page.doc.on('update', (update: Uint8Array, origin: unknown) => {
        if (origin === page.provider) this.#see(page, update)
      })
      let count = 0
      const type = () => {
        const mark = `<${'abcdefgh'[index]}${count}>`
        count += 1
        this.#written.set(mark, { at: performance.now(), writer: page })
        typeParagraph(page.doc, mark)
      }
      this.#timers.push(setInterval(type, every))
    }
  }

  get written(): number {
    return this.#written.size
  }

  stop(): void {
    for (const timer of this.#timers) clearInterval(timer)
  }

  /** Whether all pages say the same. */
  alike(): boolean {
    return new Set(this.#pages.map(({ doc }) => textOf(doc))).size === 1
  }

  /** Marks that a text does not hold exactly once. */
  missingFrom(text: string): readonly string[] {
    return [...this.#written.keys()].filter((mark) => text.split(mark).length !== 2)
  }

  /** @returns the longest and the median wait for what was written between two moments, in whole milliseconds */
  waits(from: number, to: number): { readonly worst: number; readonly median: number } {
    const some = [...this.#waits.values()].filter(({ at }) => at >= from && at < to)
    const sorted = some.map(({ waited }) => waited).sort((a, b) => a - b)
    return {
      worst: Math.round(sorted.at(-1) ?? 0),
      median: Math.round(sorted[Math.floor(sorted.length / 2)] ?? 0),
    }
  }

  #see(reader: StockClient, update: Uint8Array): void {
    for (const mark of marksWritten(update)) {
      const written = this.#written.get(mark)
      if (!written || written.writer === reader) continue
      this.#waits.set(mark, { at: written.at, waited: performance.now() - written.at })
    }
  }
}
