import { createHash, type Hash, hash } from 'node:crypto'

const LINE_FEED = 0x0a
/** Parts of the sum: eight numbers of 32 bits. */
const LANES = 8

/** How many rows, and which. */
export type RowTally = { readonly rows: number; readonly bytes: number; readonly digest: string }

/**
 * What a stream in PostgreSQL’s text format (COPY) holds, whatever the order of its rows, which PostgreSQL promises
 * for no table: the SHA-256 of each row, a line with its line feed, added up in eight numbers modulo 2^32. A line
 * feed within a value is written `\n`, so lines are rows.
 */
export class RowDigest {
  readonly #sum = new Uint32Array(LANES)
  readonly #scratch = Buffer.alloc(LANES * 4)
  /** Of a row whose end has not come yet: rows may be larger than anybody’s memory. */
  #open: Hash | null = null
  #rows = 0
  #bytes = 0

  update(chunk: Buffer): void {
    this.#bytes += chunk.length
    let start = 0
    for (let end = chunk.indexOf(LINE_FEED); end !== -1; end = chunk.indexOf(LINE_FEED, start)) {
      const rest = chunk.subarray(start, end + 1)
      this.#add(
        this.#open === null ? hash('sha256', rest, 'binary') : this.#open.update(rest).digest('binary'),
      )
      this.#open = null
      this.#rows += 1
      start = end + 1
    }
    if (start === chunk.length) return
    this.#open ??= createHash('sha256')
    this.#open.update(chunk.subarray(start))
  }

  tally(): RowTally {
    const bytes = Buffer.alloc(LANES * 4)
    for (const [lane, part] of this.#sum.entries()) bytes.writeUInt32BE(part, lane * 4)
    return { rows: this.#rows, bytes: this.#bytes, digest: bytes.toString('hex') }
  }

  /** As a string of bytes: a buffer for each row takes Node three times as long. */
  #add(digest: string): void {
    this.#scratch.write(digest, 'latin1')
    for (let lane = 0; lane < LANES; lane += 1) {
      this.#sum[lane] = (this.#sum[lane] ?? 0) + this.#scratch.readUInt32BE(lane * 4)
    }
  }
}
