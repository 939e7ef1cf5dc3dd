import { type DocumentName, parseDocumentName } from '#lib/documents/registry.ts'
import { fail, ok, type Result } from '#lib/domain/result.ts'
import { CLOSE } from '#lib/protocol/close-codes.ts'
import type { SyncLimits } from '../limits.ts'
import type { HeldDocument } from '../ports.ts'
import type { Rooms } from './rooms.ts'

/** Holds the room of a document for a feature. */
export async function holdDocument(
  rooms: Rooms,
  name: DocumentName,
  { editPatience }: Pick<SyncLimits, 'editPatience'>,
): Promise<Result<HeldDocument, 'missing' | 'unavailable'>> {
  const address = parseDocumentName(name)
  if (!address) return fail('missing')
  const held = await rooms.hold(address)
  if (!held.ok) return fail(held.error === CLOSE.noSuchDocument ? 'missing' : 'unavailable')
  const room = held.value
  return ok({
    edit: async (author, change) => !room.ending && room.live.edit(author, change, editPatience),
    reach: async (seq) => !room.ending && room.live.reach(seq, editPatience),
    derive: async () => !room.ending && room.live.derive(),
    release: () => room.release(),
  })
}
