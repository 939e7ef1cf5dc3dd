import { once } from 'node:events'
import { request as httpRequest, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http'
import { connect } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { type Config, readConfig } from '#server/config.ts'
import { type Door, type Household, takeDoor } from '#server/http/door.ts'
import { createLog } from '#server/log.ts'

const log = createLog({ logLevel: 'silent' })

function configOf(env: Record<string, string> = {}): Config {
  const config = readConfig({ NODE_ENV: 'production', PORT: '0', ...env }, '/tmp')
  if (!config.ok) throw new Error(config.error.join())
  return config.value
}

/** A household whose pages tell what reached them. */
const teller = (more: Partial<Household> = {}): Household => ({
  page: async (request, response) => {
    let size = 0
    for await (const chunk of request) size += chunk.length
    response.setHeader('Content-Type', 'application/json')
    response.end(JSON.stringify({ headers: request.headers, size }))
  },
  rooms: (_request, socket) => socket.end('HTTP/1.1 499 Rooms\r\n\r\n'),
  otherUpgrade: (_request, socket) => socket.end('HTTP/1.1 498 Next\r\n\r\n'),
  readiness: { database: async () => true, migrations: async () => true, rooms: () => true },
  metrics: { answer: () => false, heed: () => {} },
  ...more,
})

async function openDoor(
  env: Record<string, string> = {},
  household: Household | null = teller(),
): Promise<Door> {
  const door = await takeDoor(configOf(env), log)
  if (!door.ok) throw new Error(door.error)
  onTestFinished(() => door.value.close(0))
  if (household !== null) door.value.open(household)
  return door.value
}

type Answer = { status: number; headers: IncomingMessage['headers']; text: string }

/** Without a browser’s or fetch’s own headers. */
async function ask(
  door: Door,
  options: { method?: string; path?: string; headers?: OutgoingHttpHeaders; body?: string | Buffer } = {},
): Promise<Answer> {
  const { method = 'GET', path = '/', headers = {}, body } = options
  const sent = httpRequest({ host: '127.0.0.1', port: door.config.port, method, path, headers, agent: false })
  sent.on('error', () => {})
  sent.end(body)
  const [response] = (await once(sent, 'response')) as [IncomingMessage]
  let text = ''
  for await (const chunk of response.setEncoding('utf8')) text += chunk
  return { status: response.statusCode ?? 0, headers: response.headers, text }
}

test('a taken port is named in a sentence', async () => {
  const first = await openDoor()
  const second = await takeDoor({ ...first.config }, log)
  expect(second).toEqual({
    ok: false,
    error: expect.stringContaining(`Port ${first.config.port} of 127.0.0.1 is already taken`),
  })
})

test('a host that is no address of this machine is named in a sentence', async () => {
  const door = await takeDoor(configOf({ HOST: '203.0.113.7' }), log)
  expect(door).toEqual({ ok: false, error: expect.stringContaining('HOST is 203.0.113.7') })
})

test('until somebody is home, pages and upgrades are told to come back, and only health is answered', async () => {
  const door = await openDoor({}, null)
  const page = await ask(door)
  expect(page.status).toBe(503)
  expect(page.headers['retry-after']).toBe('1')
  expect((await ask(door, { path: '/healthz' })).status).toBe(200)
  expect((await ask(door, { path: '/readyz' })).status).toBe(503)
  expect(await upgrade(door, '/collab/draft/x')).toContain('503')
})

test('ready means database, migrations and rooms, each of them', async () => {
  for (const missing of ['database', 'migrations', 'rooms'] as const) {
    const whole = teller().readiness
    const readiness = { ...whole, [missing]: missing === 'rooms' ? () => false : async () => false }
    const answer = await ask(await openDoor({}, teller({ readiness })), { path: '/readyz' })
    expect(answer.status).toBe(503)
    expect(JSON.parse(answer.text)).toMatchObject({ ready: false, [missing]: false })
  }
  expect((await ask(await openDoor(), { path: '/readyz?x=1' })).status).toBe(200)
})

test('a database that does not answer makes it unready within seconds, and leaves it alive', async () => {
  const hanging = () => new Promise<boolean>(() => {})
  const door = await openDoor({}, teller({ readiness: { ...teller().readiness, database: hanging } }))
  expect((await ask(door, { path: '/readyz' })).status).toBe(503)
  expect((await ask(door, { path: '/healthz' })).status).toBe(200)
})

test('every answer carries the security headers', async () => {
  const { headers } = await ask(await openDoor())
  expect(headers).toMatchObject({
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',
    'x-frame-options': 'DENY',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
  })
  expect(headers['permissions-policy']).toContain('camera=()')
  expect(headers['strict-transport-security']).toBeUndefined()
})

test('the policy of a page has a nonce of its own, which the page is told', async () => {
  const door = await openDoor()
  const [one, two] = [await ask(door), await ask(door)]
  const policy = String(one.headers['content-security-policy'])
  expect(policy).toMatch(/script-src 'self' 'nonce-[\w+/]{22}==' 'strict-dynamic'(;|$)/)
  expect(policy).toContain("frame-ancestors 'none'")
  expect(policy).toContain("object-src 'none'")
  expect(policy).toContain(
    `connect-src 'self' ws://localhost:${door.config.port} ws://127.0.0.1:${door.config.port}`,
  )
  expect(policy).not.toContain('unsafe-eval')
  expect(two.headers['content-security-policy']).not.toBe(policy)
  expect(JSON.parse(one.text).headers['content-security-policy']).toBe(policy)
})

test('a visitor cannot choose the policy from which the nonce is read', async () => {
  const answer = await ask(await openDoor(), {
    headers: { 'content-security-policy': "script-src 'nonce-mine'" },
  })
  expect(answer.text).not.toContain('nonce-mine')
})

test('behind https, browsers are told to stay with it, and sockets may open there', async () => {
  const { headers } = await ask(await openDoor({ PUPITRE_URL: 'https://pupitre.exemple.quebec' }))
  expect(headers['strict-transport-security']).toBe('max-age=31536000')
  expect(headers['content-security-policy']).toContain('wss://pupitre.exemple.quebec')
  expect(headers['content-security-policy']).toContain('upgrade-insecure-requests')
})

const HOME = 'http://localhost:PORT'
test.each([
  ['POST', { origin: HOME }, 200],
  ['POST', { origin: 'http://127.0.0.1:PORT' }, 200],
  ['POST', { origin: 'https://attaquant.example' }, 403],
  ['POST', { origin: 'null' }, 403],
  ['POST', { origin: '' }, 403],
  ['POST', { origin: 'http://localhost:PORT.attaquant.example' }, 403],
  ['POST', { origin: 'https://localhost:PORT' }, 403],
  ['POST', { origin: HOME, 'sec-fetch-site': 'same-origin' }, 200],
  ['POST', { 'sec-fetch-site': 'cross-site' }, 403],
  ['POST', { 'sec-fetch-site': 'same-site' }, 403],
  ['POST', { 'sec-fetch-site': 'none' }, 200],
  ['POST', {}, 200],
  ['PUT', { origin: 'https://attaquant.example' }, 403],
  ['PATCH', { origin: 'https://attaquant.example' }, 403],
  ['DELETE', { origin: 'https://attaquant.example' }, 403],
  ['GET', { origin: 'https://attaquant.example' }, 200],
] as const)('%s with %j is answered %i', async (method, headers, status) => {
  const door = await openDoor()
  const own = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, value.replace('PORT', String(door.config.port))]),
  )
  expect((await ask(door, { method, headers: own })).status).toBe(status)
})

test('with a public address, the local one is foreign', async () => {
  const door = await openDoor({ PUPITRE_URL: 'https://pupitre.exemple.quebec' })
  const post = (origin: string) => ask(door, { method: 'POST', headers: { origin } })
  expect((await post('https://pupitre.exemple.quebec')).status).toBe(200)
  expect((await post(`http://localhost:${door.config.port}`)).status).toBe(403)
})

test('the visitor’s address is the socket’s, whatever the visitor writes', async () => {
  const forged = {
    'x-pupitre-address': '10.0.0.1',
    'x-pupitre-other': '1',
    'x-forwarded-for': '10.0.0.2',
    forwarded: 'for=10.0.0.3',
  }
  const { headers } = JSON.parse((await ask(await openDoor(), { headers: forged })).text)
  expect(headers['x-pupitre-address']).toBe('127.0.0.1')
  expect(headers).not.toHaveProperty('x-pupitre-other')
  expect(headers).not.toHaveProperty('x-forwarded-for')
  expect(headers).not.toHaveProperty('forwarded')
})

test('behind a trusted proxy, the visitor’s address is the entry that the proxy added', async () => {
  const door = await openDoor({ TRUST_PROXY: '1' })
  const address = async (headers: OutgoingHttpHeaders) =>
    JSON.parse((await ask(door, { headers })).text).headers['x-pupitre-address']
  expect(await address({ 'x-forwarded-for': '10.0.0.1, 198.51.100.7' })).toBe('198.51.100.7')
  expect(await address({ 'x-pupitre-address': '10.0.0.1' })).toBe('127.0.0.1')
})

test('a body of one megabyte passes, a larger one is refused, announced or not', async () => {
  const door = await openDoor()
  const post = (size: number, headers: OutgoingHttpHeaders = {}) =>
    ask(door, { method: 'POST', headers, body: Buffer.alloc(size) })
  const chunked = { 'transfer-encoding': 'chunked' }
  expect(JSON.parse((await post(1024 * 1024)).text).size).toBe(1024 * 1024)
  expect(JSON.parse((await post(1024 * 1024, chunked)).text).size).toBe(1024 * 1024)
  expect((await post(1024 * 1024 + 1)).status).toBe(413)
  expect((await post(3 * 1024 * 1024, chunked)).status).toBe(413)
  expect((await ask(door)).status).toBe(200)
})

test('a page that throws is answered 500 without saying why', async () => {
  const door = await openDoor({}, teller({ page: () => Promise.reject(new Error('secret detail')) }))
  const answer = await ask(door)
  expect(answer.status).toBe(500)
  expect(answer.text).not.toContain('secret')
})

test('what is no HTTP is answered 400 and costs nobody else anything', async () => {
  const door = await openDoor()
  expect(await raw(door, 'not http at all\r\n\r\n')).toContain('400')
  expect((await ask(door)).status).toBe(200)
})

test('upgrades under /collab/ go to the rooms, all others to Next', async () => {
  const door = await openDoor()
  expect(await upgrade(door, '/collab/draft/x')).toContain('499 Rooms')
  expect(await upgrade(door, '/_next/webpack-hmr')).toContain('498 Next')
  expect(await upgrade(door, '/collaboration')).toContain('498 Next')
})

test('closing lets a request under way end, and takes no new one', async () => {
  const [arrived, slow] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const door = await openDoor(
    {},
    teller({
      page: async (_request, response) => {
        arrived.resolve()
        await slow.promise
        response.end('done')
      },
    }),
  )
  const answer = ask(door)
  await arrived.promise
  const closing = door.close(5000)
  await expect(ask(door)).rejects.toThrow()
  slow.resolve()
  expect((await answer).text).toBe('done')
  await closing
})

const upgrade = (door: Door, path: string) =>
  raw(door, `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`)

async function raw(door: Door, text: string): Promise<string> {
  const socket = connect(door.config.port, '127.0.0.1').setEncoding('utf8')
  socket.write(text)
  let answer = ''
  for await (const chunk of socket) answer += chunk
  return answer
}
