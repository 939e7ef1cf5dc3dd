import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { putSlot, removeSlot, setFields, skipDay, slotIn } from '#lib/documents/calendar/edits.ts'
import type { LockTarget } from '#lib/documents/calendar/locks.ts'
import { locksOf, slotsOf } from '#lib/documents/calendar/shape.ts'
import { CALENDAR } from '#lib/documents/registry.ts'
import { LIMITS, type Slot } from '#lib/domain/calendar/slot.ts'
import type { Role } from '#lib/domain/permissions.ts'
import { openCalendar, personWho, saysOf, slotOn, timeOn } from './guard-harness.ts'
import { barrier, heldLog, settle, stepTwo, turns } from './room-harness.ts'

const DAY = '2027-03-10'
const OTHER = '2027-03-12'
const lockOf = ({ id }: Slot): LockTarget => ({ type: 'slot', slot: id })
const dayLock = (day: string): LockTarget => ({ type: 'day', day })

/** Somebody changes the calendar, and a witness looks. */
async function attempt(
  role: Role,
  slots: readonly Slot[],
  locks: readonly LockTarget[],
  change: (doc: Y.Doc) => void,
) {
  const calendar = openCalendar(slots, locks)
  const actor = personWho(role, 'Ada')
  const who = await calendar.join(actor)
  const witness = await calendar.join(personWho('reader'))
  await settle(who, witness)
  const before = saysOf(witness.doc)
  const seen: string[] = []
  witness.doc.on('afterTransaction', () => seen.push(saysOf(witness.doc)))
  who.doc.transact(() => change(who.doc))
  await settle(who, witness)
  const room = await calendar.roomOf(CALENDAR)
  expect(saysOf(who.doc), 'all replicas are equal').toBe(saysOf(room.live.doc))
  expect(saysOf(witness.doc)).toBe(saysOf(room.live.doc))
  const told = who.said('denied').map((message) => message.type === 'denied' && message.reason)
  return { actor, calendar, who, witness, before, after: saysOf(witness.doc), seen, told }
}

/** It comes back as it was; others never saw anything else; its author is told. */
async function expectRefused(...args: Parameters<typeof attempt>) {
  const outcome = await attempt(...args)
  expect(outcome.after).toBe(outcome.before)
  for (const view of outcome.seen) expect(view).toBe(outcome.before)
  expect(outcome.told).toEqual(['corrected'])
  expect(outcome.who.socket.closedWith()).toBeNull()
  return outcome
}

async function expectTaken(...args: Parameters<typeof attempt>) {
  const outcome = await attempt(...args)
  expect(outcome.after).not.toBe(outcome.before)
  expect(outcome.told).toEqual([])
  return outcome
}

describe('R11: a lock holds', () => {
  const slot = slotOn(DAY)
  const series = slotOn('2027-03-05', {
    repeat: { freq: 'weekly', every: 1, weekdays: ['FR'], nth: null, end: null },
  })
  const moves: [string, Slot, LockTarget, (doc: Y.Doc) => void][] = [
    [
      'the time of a locked slot',
      slot,
      lockOf(slot),
      (doc) => setFields(doc, slot.id, { time: timeOn(OTHER) }),
    ],
    ['its length', slot, lockOf(slot), (doc) => setFields(doc, slot.id, { minutes: 90 })],
    ['its channels', slot, lockOf(slot), (doc) => setFields(doc, slot.id, { channels: ['x'] })],
    ['its place in the calendar at all', slot, lockOf(slot), (doc) => removeSlot(doc, slot.id)],
    [
      'a locked slot that is emptied key by key',
      slot,
      lockOf(slot),
      (doc) => slotsOf(doc).get(slot.id)?.clear(),
    ],
    [
      'a locked slot that another map is put in place of',
      slot,
      lockOf(slot),
      (doc) => slotsOf(doc).set(slot.id, new Y.Map()),
    ],
    [
      'what leaves a locked day',
      slot,
      dayLock(DAY),
      (doc) => setFields(doc, slot.id, { time: timeOn(OTHER) }),
    ],
    ['what enters one', slot, dayLock(OTHER), (doc) => setFields(doc, slot.id, { time: timeOn(OTHER) })],
    ['what is planned on one', slot, dayLock(OTHER), (doc) => putSlot(doc, slotOn(OTHER))],
    ['what is removed from one', slot, dayLock(DAY), (doc) => removeSlot(doc, slot.id)],
    ['an occurrence taken out', series, dayLock(OTHER), (doc) => skipDay(doc, series.id, OTHER)],
    [
      'a series that would begin earlier in the day',
      series,
      dayLock(OTHER),
      (doc) =>
        setFields(doc, series.id, { time: { kind: 'timed', at: '2027-03-05T10:00:00Z', zone: 'UTC' } }),
    ],
    [
      'a series that would end before',
      series,
      dayLock(OTHER),
      (doc) =>
        setFields(doc, series.id, {
          repeat: { freq: 'weekly', every: 1, weekdays: ['FR'], nth: null, end: { until: DAY } },
        }),
    ],
    [
      'a slot that would begin to repeat on one',
      slot,
      dayLock(OTHER),
      (doc) =>
        setFields(doc, slot.id, { repeat: { freq: 'daily', every: 1, weekdays: [], nth: null, end: null } }),
    ],
    [
      'an occurrence that is replaced by another slot elsewhere',
      series,
      dayLock(OTHER),
      (doc) => putSlot(doc, slotOn(DAY, { partOf: { slot: series.id, day: OTHER } })),
    ],
  ]

  test.each(moves)('%s, for an editor', async (_, held, lock, change) => {
    await expectRefused('editor', [held], [lock], change)
  })

  test.each(moves)('%s, but not for a coordinator', async (_, held, lock, change) => {
    await expectTaken('coordinator', [held], [lock], change)
  })

  test('nothing but places: words, draft, owner and stage of a locked slot are free', async () => {
    await expectTaken('contributor', [slot], [lockOf(slot), dayLock(DAY)], (doc) => {
      setFields(doc, slot.id, { title: 'Autre', note: 'mot', tags: ['a'], stage: 'drafting' })
    })
  })

  test('only its own day of a series', async () => {
    await expectTaken('editor', [series], [dayLock(OTHER)], (doc) => skipDay(doc, series.id, '2027-03-19'))
  })
})

describe('R11: a contributor', () => {
  test('removes what is theirs, and nothing else', async () => {
    const actor = personWho('contributor', 'Ada')
    const own = slotOn(DAY, { createdBy: actor.volunteerId })
    const foreign = slotOn(DAY, { createdBy: personWho('editor').volunteerId })
    const calendar = openCalendar([own, foreign])
    const who = await calendar.join(actor)
    await settle(who)
    removeSlot(who.doc, own.id)
    removeSlot(who.doc, foreign.id)
    await settle(who)
    const room = await calendar.roomOf(CALENDAR)
    expect(slotIn(room.live.doc, own.id)).toBeNull()
    expect(slotIn(room.live.doc, foreign.id)).toEqual(foreign)
    expect(slotIn(who.doc, foreign.id)).toEqual(foreign)
  })

  test('cannot make a slot vanish by taking away its time', async () => {
    const foreign = slotOn(DAY)
    await expectRefused('contributor', [foreign], [], (doc) =>
      slotsOf(doc).get(foreign.id)?.set('time', 'never'),
    )
  })

  test('cannot make a slot vanish by taking out each of its days, of which they may take out some', async () => {
    const repeat = { freq: 'weekly', every: 1, weekdays: [], nth: null, end: { count: 2 } } as const
    const [once, twice] = [slotOn(DAY), slotOn(DAY, { repeat })]
    await expectRefused('contributor', [once], [], (doc) => {
      setFields(doc, once.id, { repeat: { ...repeat, end: { count: 1 } } })
      skipDay(doc, once.id, DAY)
    })
    await expectTaken('contributor', [twice], [], (doc) => skipDay(doc, twice.id, DAY))
    const rest = { ...twice, skipped: [DAY] }
    const last = (doc: Y.Doc) => skipDay(doc, rest.id, '2027-03-17')
    await expectRefused('contributor', [rest], [], last)
    await expectTaken('editor', [rest], [], last)
  })

  test('cannot make a slot their own', async () => {
    const foreign = slotOn(DAY)
    const { who } = await attempt('contributor', [foreign], [], (doc) => {
      slotsOf(doc).get(foreign.id)?.set('createdBy', personWho('contributor').volunteerId)
    })
    expect(slotIn(who.doc, foreign.id)?.createdBy).toBeNull()
  })

  test('is the author of what they plan, whatever they say', async () => {
    const forged = slotOn(DAY, { createdBy: personWho('editor').volunteerId })
    const silent = slotOn(DAY)
    const { actor, witness, told } = await attempt('contributor', [], [], (doc) => {
      putSlot(doc, forged)
      putSlot(doc, silent)
      slotsOf(doc).get(silent.id)?.delete('createdBy')
    })
    expect(slotIn(witness.doc, forged.id)?.createdBy).toBe(actor.volunteerId)
    expect(slotIn(witness.doc, silent.id)?.createdBy).toBe(actor.volunteerId)
    expect(told).toEqual([])
  })
})

describe('R11: nobody', () => {
  test.each<Role>(['coordinator', 'editor', 'contributor'])(
    'writes a lock from a socket, not as %s',
    async (role) => {
      const slot = slotOn(DAY)
      await expectRefused(role, [slot], [lockOf(slot)], (doc) => {
        locksOf(doc).delete(`slot:${slot.id}`)
        locksOf(doc).set(`day:${DAY}`, { by: null, at: '', reason: '' })
      })
    },
  )

  test('sends a slot to the archive from a socket, or fetches it from there', async () => {
    const slot = slotOn(DAY)
    await expectRefused('coordinator', [slot], [], (doc) => slotsOf(doc).get(slot.id)?.set('archived', true))
  })
})

test('R11: an act of which a part may not be leaves nothing of itself', async () => {
  const [free, locked] = [slotOn(DAY), slotOn(DAY)]
  await expectRefused('editor', [free, locked], [lockOf(locked)], (doc) => {
    setFields(doc, free.id, { time: timeOn(OTHER) })
    setFields(doc, locked.id, { time: timeOn(OTHER) })
    putSlot(doc, slotOn(OTHER))
  })
})

test('R11: of the work of an absence everything stays that may', async () => {
  const [free, locked] = [slotOn(DAY), slotOn(DAY)]
  const planned = slotOn(DAY, { title: 'Hors ligne' })
  const calendar = openCalendar([free, locked], [lockOf(locked)])
  const actor = personWho('editor')
  const before = await calendar.join(actor)
  await settle(before)
  before.drop()
  const away = before.doc
  putSlot(away, planned)
  setFields(away, planned.id, { time: timeOn(OTHER) })
  setFields(away, free.id, { time: timeOn(OTHER) })
  setFields(away, locked.id, { time: timeOn(OTHER), note: 'vu' })
  const back = await calendar.join(actor)
  Y.applyUpdate(back.doc, Y.encodeStateAsUpdate(away), 'server')
  await settle(back)
  const room = await calendar.roomOf(CALENDAR)
  expect(slotIn(room.live.doc, planned.id)).toEqual({
    ...planned,
    time: timeOn(OTHER),
    createdBy: actor.volunteerId,
  })
  expect(slotIn(room.live.doc, free.id)?.time).toEqual(timeOn(OTHER))
  expect(slotIn(room.live.doc, locked.id)).toEqual({ ...locked, note: 'vu' })
  expect(saysOf(back.doc)).toBe(saysOf(room.live.doc))
})

test('R11: what is put right is in the same entry of the log, under the name of who did it', async () => {
  const slot = slotOn(DAY)
  const { calendar, actor } = await expectRefused('editor', [slot], [lockOf(slot)], (doc) =>
    setFields(doc, slot.id, { time: timeOn(OTHER) }),
  )
  const rows = calendar.memory.documents.get(CALENDAR.name)?.rows ?? []
  expect(rows.map((row) => row.author)).toEqual([null, actor.volunteerId])
  const replay = new Y.Doc()
  for (const row of rows) {
    Y.applyUpdate(replay, row.data)
    expect(slotIn(replay, slot.id)?.time, 'at no point of the log was it moved').toEqual(slot.time)
  }
  const clients = [...(calendar.memory.documents.get(CALENDAR.name)?.clients.keys() ?? [])]
  expect(clients, 'the hand that put it right is nobody’s').toHaveLength(1)
})

test('R11: the correction comes after the commit, like what others see', async () => {
  const slot = slotOn(DAY)
  const calendar = openCalendar([slot], [lockOf(slot)])
  const held = heldLog(calendar.memory)
  const who = await calendar.join(personWho('editor'))
  await settle(who)
  setFields(who.doc, slot.id, { time: timeOn(OTHER) })
  await turns()
  who.hear()
  expect(slotIn(who.doc, slot.id)?.time).toEqual(timeOn(OTHER))
  await held.release()
  who.hear()
  expect(slotIn(who.doc, slot.id)?.time).toEqual(slot.time)
})

test('R11: a slot that goes on being moved before the correction arrives ends where it was, for everybody', async () => {
  const slot = slotOn(DAY)
  const calendar = openCalendar([slot], [lockOf(slot)])
  const who = await calendar.join(personWho('editor'))
  const witness = await calendar.join(personWho('reader'))
  await settle(who, witness)
  for (const minutes of [31, 32, 33, 34, 35]) setFields(who.doc, slot.id, { minutes, time: timeOn(OTHER) })
  await settle(who, witness)
  expect(slotIn(who.doc, slot.id)).toEqual(slot)
  expect(slotIn(witness.doc, slot.id)).toEqual(slot)
})

test('R11: whoever takes a removal back does not become its author', async () => {
  const slot = slotOn(DAY, { createdBy: personWho('contributor').volunteerId })
  const calendar = openCalendar([slot])
  const who = await calendar.join(personWho('editor'))
  await settle(who)
  const undo = new Y.UndoManager(slotsOf(who.doc))
  removeSlot(who.doc, slot.id)
  await settle(who)
  undo.undo()
  await settle(who)
  expect(slotIn(who.doc, slot.id)).toEqual(slot)
  expect(who.said('denied')).toEqual([])
})

test('R11: a change that waits for somebody else’s is not let in on their rights', async () => {
  const slot = slotOn(DAY)
  const calendar = openCalendar([slot], [lockOf(slot)])
  const coordinator = await calendar.join(personWho('coordinator'))
  const hostile = await calendar.join(personWho('contributor'))
  await settle(coordinator, hostile)
  // Built on the coordinator’s next edit, which a copy of their document foresees.
  const foreseen = new Y.Doc()
  foreseen.clientID = coordinator.doc.clientID
  Y.applyUpdate(foreseen, Y.encodeStateAsUpdate(coordinator.doc))
  setFields(foreseen, slot.id, { note: 'a' })
  const attack = new Y.Doc()
  Y.applyUpdate(attack, Y.encodeStateAsUpdate(foreseen))
  const known = Y.encodeStateVector(attack)
  attack.transact(() => {
    setFields(attack, slot.id, { note: 'b', time: timeOn(OTHER) })
    locksOf(attack).delete(`slot:${slot.id}`)
  })
  hostile.send(stepTwo(Y.encodeStateAsUpdate(attack, known)))
  await settle(coordinator, hostile)
  setFields(coordinator.doc, slot.id, { note: 'a' })
  await settle(coordinator, hostile)
  const room = await calendar.roomOf(CALENDAR)
  expect(slotIn(room.live.doc, slot.id)).toEqual({ ...slot, note: 'a' })
  expect(locksOf(room.live.doc).size).toBe(1)
  expect(room.live.doc.store.pendingStructs).toBeNull()
})

test('R4: edits that were left out because they wait for something are not called durable', async () => {
  const calendar = openCalendar([slotOn(DAY)])
  const who = await calendar.join(personWho('editor'))
  await settle(who)
  const other = new Y.Doc()
  putSlot(other, slotOn(DAY))
  const vector = Y.encodeStateVector(other)
  putSlot(other, slotOn(OTHER))
  who.send(stepTwo(Y.encodeStateAsUpdate(other, vector)))
  who.send(barrier(7))
  await turns()
  expect(who.said('durable')).toEqual([])
  await settle(who)
  expect(who.said('durable'), 'asked again, it has nothing that waits').toEqual([{ type: 'durable', n: 7 }])
})

test('R11: a calendar that holds as many slots as it may takes no more from a socket, and changes of those it has', async () => {
  const slots = Array.from({ length: LIMITS.live - 1 }, () => slotOn(DAY))
  const client = await openCalendar(slots).join(personWho('contributor'))
  await settle(client)
  const plan = async (...some: readonly Slot[]) => {
    client.doc.transact(() => {
      for (const slot of some) putSlot(client.doc, slot)
    })
    await settle(client)
    return slotsOf(client.doc).size
  }
  expect(await plan(slotOn(OTHER), slotOn(OTHER))).toBe(LIMITS.live - 1)
  const last = slotOn(OTHER)
  expect(await plan(last)).toBe(LIMITS.live)
  expect(await plan(slotOn(OTHER))).toBe(LIMITS.live)
  setFields(client.doc, last.id, { title: 'Renommé' })
  await settle(client)
  expect(slotIn(client.doc, last.id)?.title).toBe('Renommé')
})
