import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { applyAll, storedUpdates } from '#server/sync/room/document-state.ts'
import { textOf } from '#test/support/sync-client.ts'
import { actorNamed, until } from './harness.ts'
import { barrier, openRooms, settle } from './room-harness.ts'

/** Rooms whose log commits, and whose answers are lost as long as `lose` is told so. */
function openForgetful() {
  const house = openRooms({ limits: { retryFirst: 1, overtakeAfter: 100_000, projectAfter: 20 } })
  const append = house.memory.append.bind(house.memory)
  let losing = 0
  house.memory.append = async (entries) => {
    const seqs = await append(entries)
    losing -= 1
    if (losing >= 0) throw new Error('Query read timeout')
    return seqs
  }
  const lose = (answers: number) => {
    losing = answers
  }
  return { house, lose }
}

test('R7: updates that are committed twice, for their answer was lost, are there once, in every copy', async () => {
  const { house, lose } = openForgetful()
  const address = house.create('Bonjour')
  const [one, two] = [
    await house.join(address, actorNamed('Ada')),
    await house.join(address, actorNamed('Bo')),
  ]
  await settle(one, two)
  lose(2)
  for (let n = 1; n <= 5; n += 1) {
    one.write(`a${n}`)
    two.write(`b${n}`)
  }
  one.send(barrier(1))
  await until('all of it is acknowledged', async () => {
    await settle(one, two)
    return one.said('durable').length === 1
  })
  // 1 before, ten updates three times: every number is given out once, and the room knows the last one.
  const stored = house.memory.documents.get(address.name)
  expect(stored?.rows.map(({ seq }) => seq)).toEqual(Array.from({ length: 31 }, (_, index) => index + 1))
  await until('the rows are derived from the last one', () => house.projections.at(-1)?.seq === 31)
  one.write('after')
  two.write('and before')
  await settle(one, two)
  await until('that is committed', () => stored?.headSeq === 33 && house.appender.waiting === 0)
  await settle(one, two)
  await until('and derived', () => house.projections.at(-1)?.seq === 33)

  const loaded = await house.memory.load(address.name)
  const fromRows = new Y.Doc()
  if (loaded) applyAll(fromRows, storedUpdates(loaded))
  expect(one.text()).toBe(two.text())
  expect(textOf(fromRows)).toBe(one.text())
  for (const mark of ['a1', 'b1', 'a5', 'b5', 'after']) expect(one.text().split(mark)).toHaveLength(2)
})
