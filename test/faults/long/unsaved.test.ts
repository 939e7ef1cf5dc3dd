import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { report } from '#test/faults/report.ts'
import { actorNamed, until } from '#test/server/sync/harness.ts'
import { openRooms, settle, turns } from '#test/server/sync/room-harness.ts'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

/** Bytes in use once everything that nobody holds is gone. */
function used(): number {
  collect()
  collect()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

const MEBIBYTE = 1024 * 1024
const EDITS = 50 * 3600

test('R7: what is typed in an hour at fifty edits a second without a disk fits in memory, and is saved within seconds when there is one again', async () => {
  const house = openRooms({
    limits: { retryFirst: 50, retryLongest: 100, framesPerSecond: 1e9, bytesPerSecond: 1e12 },
  })
  const addresses = Array.from({ length: 10 }, () => house.create())
  const writers = await Promise.all(
    addresses.map((address, at) => house.join(address, actorNamed(`Ada${at}`))),
  )
  await settle(...writers)
  house.memory.onAppend = () => {
    throw new Error('disk full')
  }
  const texts = writers.map(({ doc }) => {
    const text = new Y.XmlText()
    const paragraph = new Y.XmlElement('paragraph')
    paragraph.insert(0, [text])
    doc.getXmlFragment('body').push([paragraph])
    return text
  })
  const before = used()
  for (let edit = 0; edit < EDITS; edit += 1) {
    const text = texts[edit % texts.length]
    text?.insert(text.length, 'e')
    // What arrives is read as it comes: pages do not hold back what they are sent.
    if (edit % 1000 === 0) {
      await turns(1)
      for (const writer of writers) writer.hear()
    }
  }
  const held = used() - before
  expect(writers.map(({ socket }) => socket.closedWith())).toEqual(writers.map(() => null))
  expect(house.appender.waiting).toBe(EDITS + writers.length)
  house.memory.onAppend = () => {}
  const begun = performance.now()
  await until('all is committed', () => house.appender.waiting === 0, 120_000)
  report('an hour of 50 edits/s unsaved', {
    edits: EDITS,
    heldMebibytes: Math.round(held / MEBIBYTE),
    bytesEach: Math.round(held / EDITS),
    savedWithinMilliseconds: Math.round(performance.now() - begun),
  })
  expect(held).toBeLessThan(256 * MEBIBYTE)
})
