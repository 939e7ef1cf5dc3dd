import { randomBytes } from 'node:crypto'
import { zstdCompressSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readArchive, writeArchive } from '#server/backup/archive.ts'
import { enclose } from '#server/backup/envelope.ts'
import type { Part } from '#server/backup/parts.ts'
import { RowDigest } from '#server/backup/row-digest.ts'
import { type Fault, Unreadable } from '#server/backup/unreadable.ts'

const KEY = Buffer.from('une clé bien assez longue')
/** A guess costs nothing here: tests make thousands. */
const CHEAP = { logN: 1, r: 1, p: 1 }
const PREAMBLE = 64
const SEALED = 64 * 1024 + 16

const tallyOf = (rows: readonly Buffer[]) => {
  const digest = new RowDigest()
  for (const piece of rows) digest.update(piece)
  return digest.tally()
}

function* partsOf(rows: readonly Buffer[]): Generator<Part> {
  const tally = tallyOf(rows)
  yield {
    kind: 'header',
    value: { version: '1.0.0', takenAt: '2026-11-22T12:00:00.000Z', migrations: [{ hash: 'a', at: 1 }] },
  }
  yield { kind: 'section', value: { kind: 'table', name: 'drafts', columns: ['id', 'title'] } }
  for (const value of rows) yield { kind: 'rows', value }
  yield { kind: 'end', value: tally }
  yield { kind: 'sequences', value: [{ name: 'decisions_id_seq', value: '7', called: true }] }
  yield { kind: 'close', value: { sections: 1, rows: tally.rows } }
}

const stream = async function* (...pieces: readonly Buffer[]) {
  yield* pieces
}

async function gather(bytes: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of bytes) chunks.push(chunk)
  return Buffer.concat(chunks)
}

async function* asAsync(parts: Iterable<Part>) {
  yield* parts
}

const archive = (parts: Iterable<Part>, key: Buffer | null) =>
  gather(writeArchive(asAsync(parts), key, CHEAP))

/** @returns why it cannot be read, or null where it is whole */
async function faultOf(file: Buffer, key: Buffer | null): Promise<Fault | null> {
  try {
    for await (const _ of readArchive(stream(file), key));
    return null
  } catch (error) {
    if (error instanceof Unreadable) return error.fault
    throw error
  }
}

/** About 300 kB that nothing compresses: five pieces. */
const rows = Array.from({ length: 200 }, () => Buffer.from(`${randomBytes(1500).toString('base64')}\n`))

describe.each([
  ['plain', null],
  ['encrypted', KEY],
])('a file that is %s', (_name, key) => {
  it('gives back, part by part, what was put into it', async () => {
    const file = await archive(partsOf(rows), key)
    const read: Part[] = []
    for await (const part of readArchive(stream(file), key)) read.push(part)
    expect(read).toEqual([...partsOf(rows)])
  })

  it('is read the same however its bytes arrive', async () => {
    const file = await archive(partsOf(rows), key)
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 70_000 }), { minLength: 1 }), async (sizes) => {
        async function* pieces() {
          for (let start = 0, turn = 0; start < file.length; turn += 1) {
            const end = start + (sizes[turn % sizes.length] ?? 1)
            yield file.subarray(start, end)
            start = end
          }
        }
        const kinds: string[] = []
        for await (const part of readArchive(pieces(), key)) kinds.push(part.kind)
        expect(kinds.at(-1)).toBe('close')
      }),
      { numRuns: 15, examples: [[[13]]] },
    )
  })

  it('is not taken for whole once any bit of it has flipped', async () => {
    const file = await archive(partsOf(rows), key)
    const anywhere = fc.integer({ min: 0, max: file.length - 1 })
    await fc.assert(
      fc.asyncProperty(anywhere, fc.integer({ min: 0, max: 7 }), async (at, bit) => {
        const flipped = Buffer.from(file)
        flipped[at] = (flipped[at] ?? 0) ^ (1 << bit)
        expect(await faultOf(flipped, key)).toMatch(/damaged|notBackup/)
      }),
      { numRuns: 150, examples: Array.from({ length: PREAMBLE }, (_, at) => [at, 0]) },
    )
  })

  it('is known to be cut wherever it ends too early, and by name between two pieces', async () => {
    const file = await archive(partsOf(rows), key)
    const between = [PREAMBLE, PREAMBLE + SEALED, PREAMBLE + 2 * SEALED, PREAMBLE + 3 * SEALED]
    for (const length of [1, 15, 16, 63, ...between])
      expect(await faultOf(file.subarray(0, length), key), `${length}`).toBe('cut')
    for (const length of [
      PREAMBLE + 1,
      PREAMBLE + 16,
      PREAMBLE + SEALED - 1,
      file.length - 16,
      file.length - 1,
    ])
      expect(await faultOf(file.subarray(0, length), key), `${length}`).toBe('damaged')
  })

  it('is refused with its pieces swapped, left out or repeated, and with something after its end', async () => {
    const file = await archive(partsOf(rows), key)
    const piece = (index: number) => file.subarray(PREAMBLE + index * SEALED, PREAMBLE + (index + 1) * SEALED)
    const head = file.subarray(0, PREAMBLE)
    const [a, b, c, d] = [piece(0), piece(1), piece(2), file.subarray(PREAMBLE + 3 * SEALED)]
    const fault = (...pieces: Buffer[]) => faultOf(Buffer.concat([head, ...pieces]), key)
    expect(await fault(a, b, c, d)).toBeNull()
    for (const wrong of [[b, a, c, d], [a, c, d], [a, b, b, c, d], [a, b, c], [d], [a, b, c, d, d]])
      expect(await fault(...wrong)).not.toBeNull()
    expect(await faultOf(Buffer.concat([file, randomBytes(SEALED)]), key)).not.toBeNull()
  })

  it('takes no piece of another file', async () => {
    const [one, other] = [await archive(partsOf(rows), key), await archive(partsOf(rows), key)]
    const mixed = Buffer.concat([one.subarray(0, PREAMBLE + SEALED), other.subarray(PREAMBLE + SEALED)])
    expect(await faultOf(mixed, key)).toBe('damaged')
  })
})

describe('keys', () => {
  it('tell a wrong key from a damaged file, and a missing one from both', async () => {
    const file = await archive(partsOf(rows), KEY)
    expect(await faultOf(file, Buffer.from('une autre clé, aussi longue'))).toBe('wrongKey')
    expect(await faultOf(file, null)).toBe('keyNeeded')
    expect(await faultOf(file, KEY)).toBeNull()
  })

  it('are not ignored for a file that is not encrypted: it may have been put there', async () => {
    expect(await faultOf(await archive(partsOf(rows), null), KEY)).toBe('keyUnexpected')
  })

  it('leave nothing of what is encrypted to be read', async () => {
    // Bytes that do not compress are in the file as they are.
    const says = Buffer.from(randomBytes(60_000).map((byte) => (byte === 10 ? 11 : byte)))
    const value = [Buffer.concat([says, Buffer.from('\n')])]
    const passage = says.subarray(30_000, 30_016)
    expect((await archive(partsOf(value), null)).includes(passage)).toBe(true)
    expect((await archive(partsOf(value), KEY)).includes(passage)).toBe(false)
  })
})

describe('a file that somebody made up', () => {
  const encloseBytes = (content: Buffer) => gather(enclose(stream(content), null))
  const record = (code: number, length: number, payload: Buffer) => {
    const head = Buffer.from([code, 0, 0, 0, 0])
    head.writeUInt32BE(length, 1)
    return Buffer.concat([head, payload])
  }
  const json = (value: unknown) => Buffer.from(JSON.stringify(value))
  const header = json({
    version: '1',
    takenAt: '2026-11-22T12:00:00.000Z',
    migrations: [{ hash: 'a', at: 1 }],
  })

  it('gets no memory by claiming lengths', async () => {
    const before = process.memoryUsage().arrayBuffers
    for (const length of [2 ** 32 - 1, 2 ** 31, 5 * 1024 * 1024]) {
      const file = await encloseBytes(zstdCompressSync(record(1, length, header)))
      expect(await faultOf(file, null)).toBe('damaged')
    }
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(64e6)
  })

  it('that unpacks to a quarter of a gigabyte of nothing is refused at its first bytes', async () => {
    const bomb = zstdCompressSync(Buffer.alloc(256 * 1024 * 1024))
    expect(bomb.length).toBeLessThan(100_000)
    const before = process.memoryUsage().arrayBuffers
    expect(await faultOf(await encloseBytes(bomb), null)).toBe('damaged')
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(64e6)
  })

  it('is refused where its parts are out of order, missing, or say other than they are', async () => {
    const section = json({ kind: 'table', name: 't', columns: ['a'] })
    const line = Buffer.from('1\n')
    const end = json(tallyOf([line]))
    const of = (code: number, payload: Buffer) => record(code, payload.length, payload)
    const whole = [
      of(1, header),
      of(2, section),
      of(3, line),
      of(4, end),
      of(5, json([])),
      of(6, json({ sections: 1, rows: 1 })),
    ]
    const fault = async (...records: (Buffer | undefined)[]) =>
      faultOf(
        await encloseBytes(zstdCompressSync(Buffer.concat(records.filter((one) => one !== undefined)))),
        null,
      )
    expect(await fault(...whole)).toBeNull()
    for (let left = 0; left < whole.length; left += 1)
      expect(await fault(...whole.toSpliced(left, 1)), `without ${left}`).not.toBeNull()
    expect(await fault(...whole, whole[5])).toBe('damaged')
    expect(await fault(...whole.with(2, of(3, Buffer.from('2\n'))))).toBe('damaged')
    expect(await fault(...whole.with(5, of(6, json({ sections: 2, rows: 1 }))))).toBe('damaged')
    expect(await fault(...whole.with(0, of(9, header)))).toBe('damaged')
    expect(await fault(...whole.with(3, of(4, Buffer.from('{'))))).toBe('damaged')
  })

  it('is refused where it is something else, or nothing at all', async () => {
    for (const other of [Buffer.alloc(0), Buffer.from('PK\u0003\u0004'), randomBytes(200), Buffer.alloc(100)])
      expect(await faultOf(other, null)).toBe('notBackup')
  })
})

describe('the digest of rows', () => {
  it('depends on the rows, not on their order or on how they are cut', async () => {
    fc.assert(
      fc.property(
        fc.array(fc.stringMatching(/^[a-z]{0,9}$/), { minLength: 1 }),
        fc.integer({ min: 1, max: 7 }),
        (words, cut) => {
          const text = Buffer.from(words.map((word) => `${word}\n`).join(''))
          const pieces = Array.from({ length: Math.ceil(text.length / cut) }, (_, at) =>
            text.subarray(at * cut, (at + 1) * cut),
          )
          const other = Buffer.from(
            words
              .toReversed()
              .map((word) => `${word}\n`)
              .join(''),
          )
          expect(tallyOf(pieces)).toEqual(tallyOf([other]))
          expect(tallyOf([text]).rows).toBe(words.length)
          expect(tallyOf([text, Buffer.from('x\n')]).digest).not.toBe(tallyOf([text]).digest)
        },
      ),
    )
  })

  it('counts a row that is there twice', () => {
    const row = Buffer.from('1\n')
    expect(tallyOf([row, row]).digest).not.toBe(tallyOf([row]).digest)
    expect(tallyOf([row, row]).digest).not.toBe(tallyOf([]).digest)
  })
})
