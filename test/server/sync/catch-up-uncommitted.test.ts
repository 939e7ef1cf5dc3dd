import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { textOf, typeParagraph } from '#test/support/sync-client.ts'
import { actorNamed } from './harness.ts'
import { heldLog, openRooms, settle, turns } from './room-harness.ts'

test('R4: catching up with rows of another process shows no deletion that is not committed yet', async () => {
  const house = openRooms({ limits: { overtakeAfter: 100_000 } })
  const address = house.create('Bonjour')
  const writer = await house.join(address, actorNamed('Ada'))
  const witness = await house.join(address, actorNamed('Bo'))
  await settle(writer, witness)
  const log = heldLog(house.memory)

  writer.doc.getXmlFragment('body').delete(0, 1)
  await turns()
  const stored = house.memory.documents.get(address.name)
  if (!stored) throw new Error('no document')
  const elsewhere = new Y.Doc()
  for (const { data } of stored.rows) Y.applyUpdate(elsewhere, data)
  const before = Y.encodeStateVector(elsewhere)
  typeParagraph(elsewhere, 'Ailleurs')
  stored.headSeq += 1
  const data = Y.encodeStateAsUpdate(elsewhere, before)
  stored.rows.push({ seq: stored.headSeq, data, author: null, at: new Date() })
  house.rooms.get(address.name)?.catchUp()
  await turns(6)
  witness.hear()
  expect(textOf(witness.doc)).toContain('Ailleurs')
  expect(textOf(witness.doc)).toContain('Bonjour')

  await log.release()
  await settle(writer, witness)
  expect(textOf(witness.doc)).not.toContain('Bonjour')
})
