import { beforeAll, expect, test } from 'vitest'
import * as Y from 'yjs'
import { CLOSE } from '#lib/protocol/close-codes.ts'
import type { Database } from '#server/db/database.ts'
import { operatorToken } from '#server/metrics/token.ts'
import { freshDatabase } from '#test/support/database.ts'
import { readExposition } from '#test/support/exposition.ts'
import { typeParagraph } from '#test/support/sync-client.ts'
import { rawSocket } from '#test/support/sync-client-raw.ts'
import { actorNamed, addDocument, addPeople, until } from '../sync/harness.ts'
import { barrier, stepTwo, updateMessage } from '../sync/room-harness.ts'
import { SECRET, TOKEN, watchedHouse } from './house.ts'

const ada = actorNamed('Ada')
const bo = actorNamed('Bo')
let database: Database

beforeAll(async () => {
  database = await freshDatabase()
  await addPeople(database, [ada, bo])
})

const NOTHING = stepTwo(Uint8Array.of(0, 0))

/** An update that writes `text`, as whoever has nothing else would send it. */
function written(text: string): Uint8Array {
  const doc = new Y.Doc()
  typeParagraph(doc, text)
  return updateMessage(Y.encodeStateAsUpdate(doc))
}

test('what is told is the text format of Prometheus to the letter, under names as it wants them', async () => {
  const house = await watchedHouse({ database })
  const { families } = await house.scrape()
  const own = [...families].filter(([name]) => name.startsWith('pupitre_'))
  expect(own.length).toBeGreaterThan(40)
  for (const [name, { type, help }] of own) {
    expect(name).toMatch(/^pupitre_[a-z0-9]+(_[a-z0-9]+)*$/)
    expect(name.endsWith('_total'), name).toBe(type === 'counter')
    expect(name).not.toMatch(/milliseconds|_ms|kilobytes|megabytes|minutes|percent/)
    expect(help, name).toMatch(/\.$|: always 1\.$/)
  }
  const labels = own.flatMap(([, { series }]) => series.flatMap((one) => Object.values(one.labels)))
  expect(labels.filter((content) => !/^([a-zA-Z0-9]{1,20}|[\d.+]+|\+Inf)$/.test(content))).toEqual([])
})

test('when somebody types, the numbers move, and say nothing of who or what', async () => {
  const house = await watchedHouse({ database })
  const { name } = await addDocument(database)
  const writer = await rawSocket(`${house.url}/${name}`, house.admit(ada))
  const reader = await rawSocket(`${house.url}/${name}`, house.admit(bo))
  house.access.set(`${bo.volunteerId} ${name}`, 'read')
  const before = await house.scrape()
  writer.send(NOTHING)
  writer.send(written('moineau'))
  writer.send(barrier(1))
  await until('it is saved', () => writer.heard().some(({ type }) => type === 'durable'))
  await until('the other has it', () => reader.heard().some(({ type }) => type === 'update'))
  const after = await house.scrape()
  const moved = (series: string, labels?: Record<string, string>) =>
    (after.value(series, labels) ?? 0) - (before.value(series, labels) ?? 0)
  expect(moved('pupitre_updates_received_total')).toBe(1)
  expect(moved('pupitre_updates_received_bytes_total')).toBeGreaterThan(20)
  expect(moved('pupitre_frames_received_total')).toBe(3)
  expect(moved('pupitre_updates_delivered_total')).toBe(1)
  expect(moved('pupitre_updates_committed_total')).toBe(1)
  expect(moved('pupitre_append_batch_updates_count')).toBe(1)
  expect(moved('pupitre_append_duration_seconds_sum')).toBeGreaterThan(0)
  expect(moved('pupitre_durable_seconds_count')).toBe(1)
  expect(moved('pupitre_durable_seconds_sum')).toBeGreaterThan(0)
  expect(moved('pupitre_update_show_seconds_count')).toBe(1)
  expect(moved('pupitre_sent_bytes_total')).toBeGreaterThan(0)
  expect(after.value('pupitre_rooms', { kind: 'draft', phase: 'open' })).toBe(1)
  expect(after.value('pupitre_sockets', { kind: 'writing' })).toBe(2)
  expect(after.value('pupitre_people', { state: 'connected' })).toBe(2)
  expect(after.value('pupitre_people', { state: 'writing' })).toBe(1)
  expect(after.value('pupitre_load_duration_seconds_count', { outcome: 'done' })).toBe(1)
  expect(after.value('pupitre_postgres_up')).toBe(1)
  for (const secret of ['moineau', name, name.split('/')[1] ?? name, ada.volunteerId, 'Ada', ada.email])
    expect(after.text).not.toContain(secret)
})

test('rows that follow a text are told by how late they were', async () => {
  const house = await watchedHouse({ database, limits: { projectAfter: 5 } })
  const { name } = await addDocument(database)
  const writer = await rawSocket(`${house.url}/${name}`, house.admit(ada))
  writer.send(written('moineau'))
  await until('a row follows', async () => {
    const { value } = await house.scrape()
    return (value('pupitre_projection_lag_seconds_count', { outcome: 'done' }) ?? 0) > 0
  })
})

test('whoever is closed is counted by the name of the code, and whoever goes by themselves is not', async () => {
  const house = await watchedHouse({ database })
  const { name } = await addDocument(database)
  const open = () => rawSocket(`${house.url}/${name}`, house.admit(ada))
  const [bad, good, gone] = [await open(), await open(), await open()]
  bad.send(Uint8Array.of(255, 255, 255))
  await until('it is closed', () => bad.code() === CLOSE.badMessage)
  const stranger = await rawSocket(`${house.url}/${name}`, { origin: 'http://newsroom.test' })
  await until('it is closed', () => stranger.code() === CLOSE.signedOut)
  good.ws.close(1000)
  gone.close()
  const expected = { badMessage: 1, signedOut: 1, left: 1, lost: 1, tooSlow: 0 }
  await until('all are counted', async () => {
    const { value } = await house.scrape()
    return Object.entries(expected).every(
      ([code, count]) => value('pupitre_socket_closes_total', { code }) === count,
    )
  })
  const { value } = await house.scrape()
  expect(value('pupitre_frames_refused_total', { why: 'malformed' })).toBe(1)
})

test('what a reader writes is counted as refused', async () => {
  const house = await watchedHouse({ database })
  const { name } = await addDocument(database)
  house.access.set(name, 'read')
  const reader = await rawSocket(`${house.url}/${name}`, house.admit(bo))
  reader.send(written('moineau'))
  await until('it is told', () => reader.heard().some(({ type }) => type === 'denied'))
  const { value } = await house.scrape()
  expect(value('pupitre_frames_refused_total', { why: 'readOnly' })).toBe(1)
  expect(value('pupitre_updates_received_total')).toBe(0)
  expect(value('pupitre_sockets', { kind: 'reading' })).toBe(1)
})

test('text that is shown before its commit is counted, and its room is behind until then', async () => {
  const house = await watchedHouse({ database, limits: { overtakeAfter: 20 } })
  const { name } = await addDocument(database)
  const writer = await rawSocket(`${house.url}/${name}`, house.admit(ada))
  const client = await database.pool.connect()
  await client.query('begin')
  await client.query('select * from documents where name = $1 for update', [name])
  writer.send(written('moineau'))
  await until('it is behind', async () => {
    const { value } = await house.scrape()
    return value('pupitre_rooms_behind') === 1 && value('pupitre_updates_overtaken_total') === 1
  })
  const meanwhile = await house.scrape()
  expect(meanwhile.value('pupitre_waiting_updates')).toBe(1)
  expect(meanwhile.value('pupitre_waiting_bytes')).toBeGreaterThan(20)
  await client.query('rollback')
  client.release()
  await until('it is saved', async () => (await house.scrape()).value('pupitre_rooms_behind') === 0)
  expect((await house.scrape()).value('pupitre_waiting_updates')).toBe(0)
})

test('a PostgreSQL that does not answer keeps nothing else from being told', async () => {
  const never = () => new Promise<never>(() => {})
  const house = await watchedHouse({
    database,
    sources: { ping: never, mail: () => Promise.reject(new Error('moineau')) },
  })
  const { value, text } = await house.scrape()
  expect(value('pupitre_postgres_up')).toBe(0)
  expect(value('pupitre_postgres_ping_seconds')).toBeNull()
  expect(value('pupitre_mail_waiting')).toBeNull()
  expect(value('pupitre_sockets')).toBe(0)
  expect(text).not.toContain('moineau')
})

test('what there is not is left out, rather than told as 0', async () => {
  const house = await watchedHouse({ database })
  const { value } = await house.scrape()
  expect(value('pupitre_bus_connected')).toBeNull()
  expect(value('pupitre_mail_waiting')).toBeNull()
  expect(value('pupitre_data_free_bytes')).toBeGreaterThan(0)
})

test('requests of pages are counted by the class of their answer, and never by their path', async () => {
  const house = await watchedHouse({ database })
  await house.ask('/drafts/moineau')
  await house.ask('/broken')
  await until('both are counted', async () => {
    const { value } = await house.scrape()
    const counted = (status: string) => value('pupitre_http_request_duration_seconds_count', { status })
    return counted('4xx') === 1 && counted('5xx') === 1 && counted('2xx') === 0
  })
  expect((await house.scrape()).text).not.toContain('moineau')
})

const right = `Bearer ${TOKEN}`
const operator = `Bearer ${operatorToken(SECRET)}`
const proxied = { 'x-forwarded-for': '203.0.113.7' }

test.each<[token: string | null, asked: string, headers: Record<string, string>, status: number]>([
  [TOKEN, 'with the token', { authorization: right }, 200],
  [TOKEN, 'with the token, through a proxy', { authorization: right, ...proxied }, 200],
  [TOKEN, 'with the token of the operator', { authorization: operator }, 200],
  [TOKEN, 'in other letters', { authorization: right.replace('Bearer', 'bearer') }, 200],
  [TOKEN, 'without any', {}, 401],
  [TOKEN, 'with half of it', { authorization: right.slice(0, -1) }, 401],
  [TOKEN, 'with more than it', { authorization: `${right}x` }, 401],
  [TOKEN, 'with two', { authorization: `${right} ${TOKEN}` }, 401],
  [TOKEN, 'by another scheme', { authorization: `Basic ${btoa(`metrics:${TOKEN}`)}` }, 401],
  [TOKEN, 'with an empty one', { authorization: 'Bearer ' }, 401],
  [TOKEN, 'with a cookie', { cookie: `token=${TOKEN}` }, 401],
  // Nobody is let in for being near: a proxy on this machine brings the whole world from 127.0.0.1.
  [null, 'from this machine', {}, 404],
  [null, 'from this machine, through a proxy', proxied, 404],
  [null, 'with a token where none is set', { authorization: right }, 404],
  [null, 'with «null»', { authorization: 'Bearer null' }, 404],
  [null, 'with the token of the operator', { authorization: operator }, 200],
])('METRICS_TOKEN %s: asked %s, it answers %s', async (token, _asked, headers, status) => {
  const house = await watchedHouse({ database, token })
  const answer = await house.ask('/metrics', headers)
  expect(answer.status).toBe(status)
  expect(answer.text.includes('pupitre_')).toBe(status === 200)
  if (status === 401) expect(answer.headers['www-authenticate']).toMatch(/^Bearer/)
  // As any address that there is not.
  if (status === 404) expect(answer.text).toBe((await house.ask('/nowhere')).text)
})

test('HEAD tells what GET would, without it; nothing is kept, and nothing but reading is possible', async () => {
  const house = await watchedHouse({ database })
  const headers = { authorization: right }
  const got = await house.ask('/metrics?x=1', headers)
  expect(got.headers['content-type']).toMatch(/^text\/plain; version=0\.0\.4/)
  expect(got.headers['cache-control']).toBe('no-store')
  expect(() => readExposition(got.text)).not.toThrow()
  const head = await house.ask('/metrics', headers, 'HEAD')
  expect(head).toMatchObject({ status: 200, text: '' })
  expect(Number(head.headers['content-length'])).toBeGreaterThan(1000)
  const post = await house.ask('/metrics', headers, 'POST')
  expect(post).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD' } })
})
