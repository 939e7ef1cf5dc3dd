import { Inlet } from './inlet.ts'
import { CODES, type Part, SHAPES } from './parts.ts'
import { RowDigest } from './row-digest.ts'
import { Unreadable } from './unreadable.ts'

/** Longest record, in bytes: what a reader holds at once, whatever a file says. */
const LONGEST = 4 * 1024 * 1024
/** Longest piece of rows that is written. */
const ROWS = 256 * 1024
/** One byte for the kind, four for the length. */
const HEAD = 5

/** A part as bytes. */
export function* writePart(part: Part): Generator<Buffer, void> {
  const bytes = part.kind === 'rows' ? part.value : Buffer.from(JSON.stringify(part.value))
  for (let start = 0; start === 0 || start < bytes.length; start += ROWS) {
    const piece = part.kind === 'rows' ? bytes.subarray(start, start + ROWS) : bytes
    if (piece.length > LONGEST) throw new Error(`a record of ${piece.length} bytes`)
    const head = Buffer.alloc(HEAD)
    head[0] = CODES[part.kind]
    head.writeUInt32BE(piece.length, 1)
    yield head
    yield piece
    if (part.kind !== 'rows') return
  }
}

/** Parts in their order, whose rows add up to what is said of them. @throws Unreadable */
export async function* readParts(bytes: AsyncIterable<Buffer>): AsyncGenerator<Part, void> {
  const grammar = new Grammar()
  const inlet = new Inlet(bytes)
  for (;;) {
    const head = await inlet.read(HEAD)
    if (head.length === 0) break
    const length = head.length === HEAD ? head.readUInt32BE(1) : Number.POSITIVE_INFINITY
    if (length > LONGEST) throw new Unreadable('damaged')
    const payload = await inlet.read(length)
    if (payload.length < length) throw new Unreadable('cut')
    const part = readPart(head[0], payload)
    grammar.take(part)
    yield part
  }
  grammar.finish()
}

function readPart(code: number | undefined, payload: Buffer): Part {
  try {
    const json = () => JSON.parse(payload.toString('utf8'))
    switch (code) {
      case CODES.rows:
        return { kind: 'rows', value: payload }
      case CODES.header:
        return { kind: 'header', value: SHAPES.header.parse(json()) }
      case CODES.section:
        return { kind: 'section', value: SHAPES.section.parse(json()) }
      case CODES.end:
        return { kind: 'end', value: SHAPES.end.parse(json()) }
      case CODES.sequences:
        return { kind: 'sequences', value: SHAPES.sequences.parse(json()) }
      case CODES.close:
        return { kind: 'close', value: SHAPES.close.parse(json()) }
    }
  } catch {
    // Told as what it is, below.
  }
  throw new Unreadable('damaged')
}

/** What may follow what; and whether rows are as many, and those, that their end says. */
class Grammar {
  #state: 'begin' | 'between' | 'inside' | 'after' | 'closed' = 'begin'
  #digest = new RowDigest()
  #sections = 0
  #rows = 0

  take(part: Part): void {
    switch (`${this.#state} ${part.kind}`) {
      case 'begin header':
        this.#state = 'between'
        return
      case 'between section':
        this.#digest = new RowDigest()
        this.#state = 'inside'
        return
      case 'inside rows':
        if (part.kind === 'rows') this.#digest.update(part.value)
        return
      case 'inside end':
        this.#endSection(part)
        return
      case 'between sequences':
        this.#state = 'after'
        return
      case 'after close':
        this.#close(part)
        return
      default:
        throw new Unreadable('damaged')
    }
  }

  finish(): void {
    if (this.#state !== 'closed') throw new Unreadable('cut')
  }

  #endSection(part: Part): void {
    const { rows, bytes, digest } = this.#digest.tally()
    const said = part.kind === 'end' ? part.value : null
    if (said?.rows !== rows || said.bytes !== bytes || said.digest !== digest) throw new Unreadable('damaged')
    this.#sections += 1
    this.#rows += rows
    this.#state = 'between'
  }

  #close(part: Part): void {
    const said = part.kind === 'close' ? part.value : null
    if (said?.sections !== this.#sections || said.rows !== this.#rows) throw new Unreadable('damaged')
    this.#state = 'closed'
  }
}
