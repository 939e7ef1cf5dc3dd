import { Inlet } from './inlet.ts'
import { PREAMBLE_BYTES, type Preamble, readPreamble, writePreamble } from './preamble.ts'
import { beginSeal, resumeSeal, type Seal, TAG_BYTES } from './seal.ts'
import { Unreadable } from './unreadable.ts'

/** Bytes of a piece before it is sealed; only the last one is shorter. */
const PIECE = 64 * 1024

/** Bytes of a file around `content`. @param key null: not encrypted */
export async function* enclose(
  content: AsyncIterable<Buffer>,
  key: Buffer | null,
  cost?: Preamble['cost'],
): AsyncGenerator<Buffer, void> {
  const { preamble, seal } = await beginSeal(key, cost)
  yield writePreamble(preamble)
  const inlet = new Inlet(content)
  let piece = await inlet.read(PIECE)
  for (let index = 0; ; index += 1) {
    const next = await inlet.read(PIECE)
    const last = next.length === 0
    yield seal.close(index, last, piece)
    if (last) return
    piece = next
  }
}

/** What `enclose` put into a file. @throws Unreadable as soon as a piece is not as it was written */
export async function* disclose(
  file: AsyncIterable<Buffer>,
  key: Buffer | null,
): AsyncGenerator<Buffer, void> {
  const inlet = new Inlet(file)
  const seal = await resumeSeal(readPreamble(await inlet.read(PREAMBLE_BYTES)), key)
  let sealed = await inlet.read(PIECE + TAG_BYTES)
  for (let index = 0; ; index += 1) {
    const next = await inlet.read(PIECE + TAG_BYTES)
    const last = next.length === 0
    const piece = seal.open(index, last, sealed)
    if (piece === null) throw new Unreadable(faultOf(seal, index, last, sealed), offsetOf(index))
    yield piece
    if (last) return
    sealed = next
  }
}

const offsetOf = (index: number): number => PREAMBLE_BYTES + index * (PIECE + TAG_BYTES)

/** A piece that would have been good at another place of the file tells what became of the file. */
function faultOf(seal: Seal, index: number, last: boolean, sealed: Buffer) {
  if (sealed.length === 0 || (last && seal.open(index, false, sealed) !== null)) return 'cut'
  if (!last && seal.open(index, true, sealed) !== null) return 'trailing'
  return 'damaged'
}
