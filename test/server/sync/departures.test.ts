import { expect, test } from 'vitest'
import { Departures, gatheringFor, type Passenger } from '#server/sync/wire/departures.ts'
import { until } from './harness.ts'
import { turns } from './room-harness.ts'

const frame = (text: string) => Buffer.from(text)

/** A socket that keeps the buffers which were written to it. */
function passenger(departures: Departures) {
  const written: Buffer[] = []
  let gathered: Buffer[] = []
  const self: Passenger = {
    collect: () => gathered.splice(0),
    depart: (parcel) => written.push(parcel),
  }
  return {
    written,
    said: () => written.map(String),
    send: (...frames: readonly Buffer[]) => {
      gathered = [...gathered, ...frames]
      departures.board(self)
    },
  }
}

test('what is said to a socket in one turn is one write', async () => {
  const departures = new Departures(() => 0)
  const reader = passenger(departures)
  for (const text of ['un ', 'deux ', 'trois']) reader.send(frame(text))
  expect(reader.said()).toEqual([])
  await turns(1)
  expect(reader.said()).toEqual(['un deux trois'])
})

test('sockets that are told the same share one buffer; what is for one alone is in its own, in order', async () => {
  const departures = new Departures(() => 0)
  const [one, other, writer] = [passenger(departures), passenger(departures), passenger(departures)]
  const [text, caret, durable] = [frame('texte '), frame('caret '), frame('durable')]
  one.send(text, caret)
  other.send(text, caret)
  writer.send(caret, durable)
  await turns(1)
  expect(one.said()).toEqual(['texte caret '])
  expect(other.written[0]).toBe(one.written[0])
  expect(writer.said()).toEqual(['caret durable'])
})

test('sockets that are told the same things in another order get their own order', async () => {
  const departures = new Departures(() => 0)
  const [one, other, third] = [passenger(departures), passenger(departures), passenger(departures)]
  const [a, b, c] = [frame('a'), frame('b'), frame('c')]
  one.send(a, b, c)
  other.send(a, c, b)
  third.send(a, b)
  await turns(1)
  expect([one.said(), other.said(), third.said()]).toEqual([['abc'], ['acb'], ['ab']])
})

test('a whole document is not copied to be joined to anything', async () => {
  const departures = new Departures(() => 0)
  const reader = passenger(departures)
  const whole = Buffer.alloc(300_000, 1)
  reader.send(whole, frame('caret'))
  await turns(1)
  expect(reader.written[0]).toBe(whole)
  expect(reader.written.map(({ length }) => length)).toEqual([300_000, 5])
})

test('an errand runs once, and what it says leaves with what was said before it', async () => {
  const departures = new Departures(() => 0)
  const reader = passenger(departures)
  departures.before(() => reader.send(frame('caret')))
  reader.send(frame('texte '))
  await turns(1)
  expect(reader.said()).toEqual(['texte caret'])
  reader.send(frame('encore'))
  await turns(1)
  expect(reader.said()).toEqual(['texte caret', 'encore'])
})

test('an ordinary newsroom hears of every turn at once; a crowd of thousands at most fifty times a second', () => {
  expect([1, 10, 50].map(gatheringFor)).toEqual([0, 0, 0])
  expect([100, 500, 1000, 4000].map(gatheringFor)).toEqual([2, 10, 20, 20])
})

test('for a crowd the first key after a pause leaves at once, and what follows it leaves together', async () => {
  const gathering = 60_000
  const departures = new Departures(() => gathering)
  const reader = passenger(departures)
  reader.send(frame('première'))
  await turns(1)
  expect(reader.said()).toEqual(['première'])
  reader.send(frame('deuxième '))
  await turns(5)
  reader.send(frame('troisième'))
  await turns(5)
  expect(reader.said()).toEqual(['première'])
})

test('what a crowd has to wait for leaves by itself', async () => {
  const departures = new Departures(() => 5)
  const reader = passenger(departures)
  reader.send(frame('première'))
  await turns(1)
  reader.send(frame('deuxième '))
  reader.send(frame('troisième'))
  await until('it has left', () => reader.said().length === 2)
  expect(reader.said()).toEqual(['première', 'deuxième troisième'])
})
