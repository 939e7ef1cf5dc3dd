import type { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { constants, createZstdCompress, createZstdDecompress } from 'node:zlib'
import { disclose, enclose } from './envelope.ts'
import type { Part } from './parts.ts'
import type { Preamble } from './preamble.ts'
import { readParts, writePart } from './records.ts'
import { Unreadable } from './unreadable.ts'

/** Most memory that a file can ask of the decompressor: 2^24 bytes of what it has seen last. */
const WINDOW = { [constants.ZSTD_d_windowLogMax]: 24 }

/** The bytes of a file that holds these parts. @param key null: not encrypted @param cost of guessing it */
export async function* writeArchive(
  parts: AsyncIterable<Part>,
  key: Buffer | null,
  cost?: Preamble['cost'],
): AsyncGenerator<Buffer, void> {
  async function* records() {
    for await (const part of parts) yield* writePart(part)
  }
  yield* enclose(through(records(), createZstdCompress()), key, cost)
}

/** The parts of a file, each as soon as it is known to be as written. @throws Unreadable */
export async function* readArchive(
  file: AsyncIterable<Buffer>,
  key: Buffer | null,
): AsyncGenerator<Part, void> {
  try {
    yield* readParts(through(disclose(file, key), createZstdDecompress({ params: WINDOW })))
  } catch (error) {
    const isZstd = error instanceof Error && 'code' in error && String(error.code).startsWith('ZSTD_')
    throw isZstd ? new Unreadable('damaged') : error
  }
}

/** Whoever stops reading ends all that is before it. */
async function* through(source: AsyncIterable<Buffer>, transform: Transform): AsyncGenerator<Buffer, void> {
  const fed = pipeline(source, transform)
  // Told to whoever reads: the transform ends with the same error.
  fed.catch(() => {})
  try {
    for await (const chunk of transform) yield chunk
    await fed
  } finally {
    transform.destroy()
  }
}
