import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import { isAlive } from '#server/processes.ts'
import { cutPower, postmasterOf } from '#test/support/postmaster.ts'
import { freePort, type RunningServer, startServer } from '#test/support/server.ts'
import { scratchFolder } from '#test/support/tenant.ts'

// Real processes: slow where a machine has much else to do.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const LAUNCH = join(import.meta.dirname, '../../server/launch.ts')
let server: RunningServer

beforeAll(async () => {
  server = await startServer()
}, 240_000)
afterAll(async () => {
  await server?.stop()
})

/** A server of the test’s own, for what ends it. */
async function ownServer(env: Record<string, string> = {}): Promise<RunningServer> {
  const own = await startServer({ dataFolder: await scratchFolder(), env })
  onTestFinished(async () => {
    await own.stop()
  })
  return own
}

/** Starts the server where it cannot start. @returns what it printed, and its exit code */
async function refusedStart(env: Record<string, string>, cwd: string) {
  const child = spawn(process.execPath, [LAUNCH], {
    cwd,
    env: { PATH: process.env.PATH ?? '', NODE_ENV: 'production', LOG_LEVEL: 'warn', ...env },
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      said += text
    })
  }
  const [code] = await once(child, 'close')
  return { code, said }
}

test('a first start tells where to set up the newsroom, in French, then in English', () => {
  const said = server.output()
  expect(said).toContain('Première utilisation')
  expect(said.indexOf('First run')).toBeGreaterThan(said.indexOf('Première utilisation'))
  expect(said).toContain(`${server.url}/setup`)
  expect(server.setUpCode).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/)
})

test('a running server is alive and ready', async () => {
  expect(await (await fetch(`${server.url}/healthz`)).json()).toEqual({ alive: true })
  const ready = await fetch(`${server.url}/readyz`)
  expect(ready.status).toBe(200)
  expect(await ready.json()).toEqual({ ready: true, database: true, migrations: true, rooms: true })
})

test('every script of a page carries the nonce of its policy', async () => {
  const page = await fetch(`${server.url}/setup`)
  expect(page.status).toBe(200)
  const nonce = /'nonce-([^']+)'/.exec(page.headers.get('content-security-policy') ?? '')?.[1]
  const scripts = (await page.text()).match(/<script[^>]*>/g) ?? []
  expect(scripts.length).toBeGreaterThan(0)
  expect(scripts.filter((script) => !script.includes(`nonce="${nonce}"`))).toEqual([])
  expect(page.headers.get('x-powered-by')).toBeNull()
})

test('scripts are sent compressed, and may be kept for ever', async () => {
  const page = await (await fetch(`${server.url}/setup`)).text()
  const path = /src="(\/_next\/static\/[^"]+\.js)"/.exec(page)?.[1]
  const script = await fetch(`${server.url}${path}`)
  expect(script.headers.get('content-encoding')).toMatch(/^(br|gzip)$/)
  expect(script.headers.get('cache-control')).toContain('immutable')
})

test('an upgrade to anything but a room is answered, so that nobody can pile up connections', async () => {
  const asker = connect(Number(new URL(server.url).port), '127.0.0.1')
  asker.write('GET /etc HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n')
  const [answer] = await once(asker, 'data')
  expect(String(answer)).toMatch(/^HTTP\/1\.1 404 /)
  await once(asker, 'close')
})

test('a next-auth client that is no browser gets to the sign-in, a page of another site does not', async () => {
  const first = await fetch(`${server.url}/api/auth/csrf`)
  const { csrfToken } = (await first.json()) as { csrfToken: string }
  const cookie = first.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
  const post = (headers: Record<string, string>) =>
    fetch(`${server.url}/api/auth/callback/credentials`, {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie, ...headers },
      body: new URLSearchParams({ csrfToken, email: 'nobody@exemple.quebec', password: 'x', json: 'true' }),
    })
  expect((await post({})).status).toBe(401)
  expect((await post({ origin: 'https://attaquant.example' })).status).toBe(403)
})

test('a stop ends connections, PostgreSQL and the process within ten seconds, with code 0', async () => {
  const own = await ownServer()
  const idle = connect(Number(new URL(own.url).port), '127.0.0.1')
  idle.on('error', () => {})
  await once(idle, 'connect')
  const begun = Date.now()
  expect(await own.stop()).toBe(0)
  expect(Date.now() - begun).toBeLessThan(10_000)
  expect(postmasterOf(own.dataFolder)).toBeNull()
})

test('Ctrl+C, which npm passes on a second time, stops in order; a later one stops at once', async () => {
  const own = await ownServer()
  const upload = connect(Number(new URL(own.url).port), '127.0.0.1')
  upload.on('error', () => {})
  // A request under way, for which the stop waits.
  upload.write('POST /setup HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\nExpect: 100-continue\r\n\r\nhalf')
  // «100 Continue»: the server has begun to read it.
  await once(upload, 'data')
  process.kill(own.pid, 'SIGINT')
  process.kill(own.pid, 'SIGINT')
  await delay(500)
  expect(isAlive(own.pid)).toBe(true)
  // Later than a second after it has heard the first, however busy the machine is.
  const impatient = setInterval(() => isAlive(own.pid) && process.kill(own.pid, 'SIGINT'), 200)
  // Stopped in order it would have ended with 0.
  await vi.waitFor(() => expect(isAlive(own.pid)).toBe(false), { timeout: 9000, interval: 100 })
  clearInterval(impatient)
  expect(await own.stop()).toBe(1)
})

test('after kill -9 it starts again on the same folder and adopts its PostgreSQL', async () => {
  const own = await ownServer()
  const [code, postgres] = [own.setUpCode, postmasterOf(own.dataFolder)]
  await own.kill9()
  await own.restart()
  expect(postmasterOf(own.dataFolder)).toBe(postgres)
  expect(own.setUpCode).toBe(code)
  expect((await fetch(`${own.url}/readyz`)).status).toBe(200)
})

test('when its PostgreSQL dies the server brings it back, and serves on', async () => {
  const own = await ownServer()
  cutPower(own.dataFolder)
  await vi.waitFor(
    async () => {
      expect(postmasterOf(own.dataFolder)).not.toBeNull()
      expect((await fetch(`${own.url}/readyz`)).status).toBe(200)
    },
    { timeout: 30_000, interval: 20 },
  )
  expect((await fetch(`${own.url}/setup`)).status).toBe(200)
})

test('a second server on the same data folder is refused in a sentence', async () => {
  const port = String(await freePort())
  const { code, said } = await refusedStart(
    { PUPITRE_DATA: server.dataFolder, PORT: port },
    server.dataFolder,
  )
  expect(code).toBe(1)
  expect(said).toContain(`Another Pupitre is already running on the data folder ${server.dataFolder}`)
  expect((await fetch(`${server.url}/readyz`)).status).toBe(200)
})

test('a taken port stops the start in a sentence, before anything is made', async () => {
  const folder = await scratchFolder()
  const { code, said } = await refusedStart(
    { PUPITRE_DATA: join(folder, 'data'), PORT: new URL(server.url).port },
    folder,
  )
  expect(code).toBe(1)
  expect(said).toMatch(/Port \d+ of 127\.0\.0\.1 is already taken/)
})

test('a wrong setting stops the start in a sentence that names it', async () => {
  const { code, said } = await refusedStart({ TRUST_PROXY: 'maybe' }, await scratchFolder())
  expect(code).toBe(1)
  expect(said).toMatch(/^TRUST_PROXY cannot be used as it is set: it must be 1 /m)
})

/** Starts the server by npm, as a person does at a terminal. */
async function startByNpm(dataFolder: string) {
  const port = await freePort()
  const child = spawn('npm', ['start'], {
    cwd: join(import.meta.dirname, '../..'),
    env: {
      PATH: process.env.PATH ?? '',
      HOME: process.env.HOME ?? '',
      NODE_ENV: 'production',
      PORT: String(port),
      PUPITRE_DATA: dataFolder,
      LOG_LEVEL: 'warn',
    },
  })
  child.stdout.setEncoding('utf8')
  let said = ''
  while (!said.includes('Pupitre is ready')) said += (await once(child.stdout, 'data'))[0]
  return { npm: child, url: `http://127.0.0.1:${port}` }
}

const answers = (url: string) =>
  fetch(`${url}/healthz`).then(
    () => true,
    () => false,
  )

test('a signal to the pid of npm start stops the server too, in order', async () => {
  const dataFolder = await scratchFolder()
  const { npm, url } = await startByNpm(dataFolder)
  const postmaster = postmasterOf(dataFolder)
  expect(await answers(url)).toBe(true)
  npm.kill('SIGTERM')
  await once(npm, 'exit')
  await vi.waitFor(async () => expect(await answers(url)).toBe(false), 15_000)
  // Its PostgreSQL is not left behind, as it is when node is killed.
  await vi.waitFor(() => expect(postmaster && isAlive(postmaster)).toBe(false), 15_000)
})

test('a server that was started by hand outlives the shell that started it', async () => {
  const dataFolder = await scratchFolder()
  const port = await freePort()
  const shell = spawn('sh', ['-c', `"${process.execPath}" "${LAUNCH}" > /dev/null 2>&1 & echo $!`], {
    cwd: dataFolder,
    env: {
      PATH: process.env.PATH ?? '',
      NODE_ENV: 'production',
      PORT: String(port),
      PUPITRE_DATA: dataFolder,
      LOG_LEVEL: 'warn',
    },
  })
  const [said] = await once(shell.stdout.setEncoding('utf8'), 'data')
  const node = Number(said)
  if (shell.exitCode === null) await once(shell, 'exit')
  onTestFinished(() => {
    if (isAlive(node)) process.kill(node, 'SIGKILL')
  })
  await vi.waitFor(async () => expect(await answers(`http://127.0.0.1:${port}`)).toBe(true), 40_000)
  const ready = () => fetch(`http://127.0.0.1:${port}/readyz`).then(({ status }) => status)
  await vi.waitFor(async () => expect(await ready()).toBe(200), 40_000)
  expect(isAlive(node)).toBe(true)
  process.kill(node, 'SIGTERM')
  await vi.waitFor(() => expect(isAlive(node)).toBe(false), 15_000)
})
