import { execFile } from 'node:child_process'
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import WebSocket from 'ws'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import { calendarKind } from '#lib/documents/calendar/shape.ts'
import { runCli, spawnCli } from '#test/support/cli.ts'
import { type RunningServer, startServer } from '#test/support/server.ts'
import { signIn } from '#test/support/sign-in.ts'
import { bytesOf, calendar, event } from './ics.ts'

/** With nothing on its standard input: a question would wait for ever. */
async function run(program: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<string> {
  const running = promisify(execFile)(program, [...args], { env })
  running.child.stdin?.end()
  return (await running).stdout
}

const maude = {
  email: 'maude@exemple.quebec',
  password: 'trois chats gris au soleil',
  name: 'Maude Quévillon',
}

/**
 * Over both changes of the clocks of 2037: on 8 March and on 1 November, in Québec. They are the last that khal knows,
 * and far away: the server archives by the real clock.
 */
const PLAN = calendar(
  event(
    'UID:hebdo\nSUMMARY:#FF du vendredi\nDTSTART;TZID=America/Toronto:20370306T120000\nDURATION:PT30M\nRRULE:FREQ=WEEKLY;BYDAY=FR\nEXDATE;TZID=America/Toronto:20370320T120000',
  ),
  event(
    'UID:hebdo\nSUMMARY:#FF plus tard\nRECURRENCE-ID;TZID=America/Toronto:20370327T120000\nDTSTART;TZID=America/Toronto:20370328T150000\nDURATION:PT1H',
  ),
  event('UID:paris\nSUMMARY:Direct de Paris\nDTSTART;TZID=Europe/Paris:20370320T180000\nDURATION:PT1H'),
  event('UID:jours\nSUMMARY:Congrès\nDTSTART;VALUE=DATE:20370402\nDTEND;VALUE=DATE:20370404'),
  event(
    'UID:blogue\nSUMMARY:Billet du mois\nDTSTART;TZID=America/Toronto:20370408T083000\nCATEGORIES:Blogue',
  ),
)

let server: RunningServer
let cookie: string
let feed: string
beforeAll(async () => {
  server = await startServer()
  const { email, name, password } = maude
  const person = ['--email', email, '--name', name, '--role', 'editor', '--password-stdin']
  await runCli(['volunteer', 'add', ...person], { dataFolder: server.dataFolder, input: password })
  cookie = await signIn(server.url, maude)
  await bring(PLAN)
  const env = { PUPITRE_URL: server.url }
  const made = await runCli(['calendar', 'feed', '--email', email], { dataFolder: server.dataFolder, env })
  feed = (made as { url: string }).url
}, 300_000)
afterAll(() => server.stop(), 30_000)

type Line = { type: string; done?: number; of?: number; error?: string; added?: number }

const post = (body: BodyInit, query = '', headers: Record<string, string> = {}) =>
  fetch(`${server.url}/api/calendar/import${query}`, {
    method: 'POST',
    body,
    headers: { cookie, origin: server.url, 'content-type': 'text/calendar', ...headers },
  })

async function bring(text: string): Promise<readonly Line[]> {
  const answer = await post(text)
  expect(answer.headers.get('content-type')).toBe('application/x-ndjson')
  const lines = (await answer.text()).trim().split('\n')
  return lines.map((line) => JSON.parse(line) as Line)
}

describe('a calendar program', () => {
  /** A folder of its own, in which vdirsyncer keeps what it reads and khal shows it. */
  async function vdir() {
    const folder = join(server.dataFolder, 'vdir')
    await mkdir(join(folder, 'agenda'), { recursive: true })
    const settings = {
      vdirsyncer: join(folder, 'vdirsyncer.conf'),
      khal: join(folder, 'khal.conf'),
      agenda: join(folder, 'agenda'),
    }
    await writeFile(
      settings.vdirsyncer,
      `[general]\nstatus_path = "${folder}/status"\n[pair p]\na = "feed"\nb = "local"\ncollections = null\nconflict_resolution = "a wins"\n[storage feed]\ntype = "http"\nurl = "${feed}"\n[storage local]\ntype = "filesystem"\npath = "${settings.agenda}"\nfileext = ".ics"\n`,
    )
    await writeFile(
      settings.khal,
      `[calendars]\n[[agenda]]\npath = ${settings.agenda}\ntype = calendar\n[sqlite]\npath = ${folder}/khal.db\n[locale]\nlocal_timezone = America/Toronto\ndefault_timezone = America/Toronto\ntimeformat = %H:%M\ndateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\ndatetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\n`,
    )
    const env = { ...process.env, HOME: folder, LC_ALL: 'C.UTF-8' }
    const sync = async () => {
      await run('vdirsyncer', ['-c', settings.vdirsyncer, 'discover'], env)
      await run('vdirsyncer', ['-c', settings.vdirsyncer, 'sync'], env)
      return readdir(settings.agenda)
    }
    const list = async (from: string, to: string) => {
      const format = [
        '--format',
        '{start-date} {start-time} {end-date} {end-time} {title}',
        '--day-format',
        '',
      ]
      const stdout = await run('khal', ['-c', settings.khal, 'list', ...format, from, to], env)
      // What lasts for days is told on each of them.
      const lines = stdout.split('\n').map((line) => line.trim())
      return [...new Set(lines)].filter(Boolean).toSorted()
    }
    return { sync, list }
  }

  it('reads the feed: vdirsyncer takes it in, and khal shows the hours of the newsroom', {
    timeout: 120_000,
  }, async () => {
    const { sync, list } = await vdir()
    expect(await sync()).toHaveLength(4)
    expect(await list('2037-03-05', '2037-04-10')).toEqual([
      '2037-03-06 12:00 2037-03-06 12:30 #FF du vendredi',
      '2037-03-13 12:00 2037-03-13 12:30 #FF du vendredi',
      '2037-03-20 13:00 2037-03-20 14:00 Direct de Paris',
      '2037-03-28 15:00 2037-03-28 16:00 #FF plus tard',
      '2037-04-02  2037-04-03  Congrès',
      '2037-04-03 12:00 2037-04-03 12:30 #FF du vendredi',
      '2037-04-08 08:30 2037-04-08 09:00 Billet du mois',
      '2037-04-10 12:00 2037-04-10 12:30 #FF du vendredi',
    ])
    expect(await list('2037-10-30', '2037-11-06')).toEqual([
      '2037-10-30 12:00 2037-10-30 12:30 #FF du vendredi',
      '2037-11-06 12:00 2037-11-06 12:30 #FF du vendredi',
    ])
    await bring(PLAN.replace('20370408T083000', '20370408T093000').replace('Congrès', 'Grand congrès'))
    await sync()
    expect(await list('2037-04-02', '2037-04-08')).toEqual([
      '2037-04-02  2037-04-03  Grand congrès',
      '2037-04-03 12:00 2037-04-03 12:30 #FF du vendredi',
      '2037-04-08 09:30 2037-04-08 10:00 Billet du mois',
    ])
  })

  it('is told with a tag that nothing changed, and with HEAD what there is', async () => {
    const first = await fetch(feed)
    expect(first.status).toBe(200)
    expect(Object.fromEntries(first.headers)).toMatchObject({
      'content-type': 'text/calendar; charset=utf-8',
      'cache-control': 'private, no-cache',
      'x-robots-tag': expect.stringContaining('noindex'),
    })
    const text = await first.text()
    expect(text).not.toMatch(/Maude|Quévillon|maude@/)
    const etag = first.headers.get('etag') ?? ''
    const again = await fetch(feed, { headers: { 'if-none-match': etag } })
    expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', etag])
    const head = await fetch(feed, { method: 'HEAD' })
    expect([head.status, await head.text(), head.headers.get('etag')]).toEqual([200, '', etag])
  })

  it('reads one channel, or one person’s own', async () => {
    const titles = async (query: string) =>
      [...(await (await fetch(feed + query)).text()).matchAll(/^SUMMARY:(.*)\r$/gm)].map(([, title]) => title)
    expect(await titles('?channel=blog')).toEqual(['Billet du mois'])
    expect(await titles('?only=mine')).toEqual([])
    expect(await titles('')).toHaveLength(5)
  })

  it('is told nothing at an address that is worth nothing', async () => {
    const worthless = [
      `${feed}x`,
      feed.replace('.ics', ''),
      feed.replace('.ics', 'A.ics'),
      `${feed}?channel=myspace`,
    ]
    for (const url of worthless) expect((await fetch(url)).status).toBe(404)
    const wrong = `${server.url}/api/calendar/${'A'.repeat(43)}.ics`
    const answer = await fetch(wrong)
    expect([answer.status, await answer.text()]).toEqual([404, ''])
  })
})

describe('import over HTTP', () => {
  it('shows what would come in, then takes it in line by line', async () => {
    const file = calendar(event('UID:nouveau\nSUMMARY:Nouveau\nDTSTART:20370501T120000Z'), event('UID:rien'))
    const preview = await (await post(file, '?preview=1')).json()
    expect(preview).toMatchObject({
      added: [{ title: 'Nouveau' }],
      updated: [],
      unchanged: 0,
      skipped: [{ uid: 'rien', reason: 'noStart' }],
    })
    expect(await bring(file)).toEqual([
      { type: 'progress', done: 0, of: 1 },
      { type: 'progress', done: 1, of: 1 },
      {
        type: 'done',
        added: 1,
        updated: 0,
        unchanged: 0,
        skipped: [{ uid: 'rien', title: '', reason: 'noStart' }],
      },
    ])
  })

  it('is refused to strangers, to pages of others, and for what is too large or no calendar', async () => {
    expect((await post(PLAN, '', { cookie: '' })).status).toBe(401)
    expect((await post(PLAN, '', { origin: 'https://evil.example' })).status).toBe(403)
    expect((await post(bytesOf('Bonjour') as BodyInit, '?preview=1')).status).toBe(422)
    expect((await bring('Bonjour')).at(-1)).toEqual({ type: 'error', error: 'notCalendar' })
    const large = await post(new Uint8Array(50 * 1024 * 1024)).then(
      ({ status }) => status,
      () => 413,
    )
    expect(large).toBe(413)
  })
})

describe('the command line beside the server', () => {
  it('brings slots into a page that is open', { timeout: 60_000 }, async () => {
    const doc = new Y.Doc()
    const Socket = class extends WebSocket {
      constructor(url: string | URL, protocols?: string | string[]) {
        super(url, protocols, { headers: { cookie, origin: server.url } })
      }
    } as unknown as typeof globalThis.WebSocket
    const url = server.url.replace('http', 'ws')
    const page = new WebsocketProvider(`${url}/collab`, 'calendar/main', doc, {
      WebSocketPolyfill: Socket,
      disableBc: true,
    })
    const titles = () => calendarKind.read(doc).slots.map(({ title }) => title)
    await expect.poll(titles, { timeout: 10_000 }).toContain('Billet du mois')
    const path = join(server.dataFolder, 'ligne.ics')
    await writeFile(
      path,
      calendar(event('UID:ligne\nSUMMARY:De la ligne de commande\nDTSTART:20370601T120000Z')),
    )
    const { code } = await spawnCli(['calendar', 'import', path], { dataFolder: server.dataFolder })
    expect(code).toBe(0)
    await expect.poll(titles, { timeout: 5000 }).toContain('De la ligne de commande')
    page.destroy()
    expect(await (await fetch(feed)).text()).toContain('De la ligne de commande')
  })
})

describe('export over HTTP', () => {
  it('hands over a file, to people who are signed in', async () => {
    const get = (query: string, headers: Record<string, string> = { cookie }) =>
      fetch(`${server.url}/api/calendar/export?${query}`, { headers })
    const csv = await get('format=csv&from=2037-04-01&to=2037-04-30&channel=blog')
    expect(csv.headers.get('content-disposition')).toBe(
      'attachment; filename="calendrier-2037-04-01-2037-04-30.csv"',
    )
    expect(await csv.text()).toContain('Billet du mois')
    expect((await get('format=ics')).status).toBe(200)
    expect((await get('format=ics', {})).status).toBe(401)
    for (const wrong of ['', 'format=pdf', 'format=ics&from=hier', 'format=ics&channel=x2']) {
      expect([wrong, (await get(wrong)).status]).toEqual([wrong, 400])
    }
  })
})

it('the log of the server has no address of a feed in it', async () => {
  const token = /calendar\/([\w-]+)\.ics/.exec(feed)?.[1] ?? ''
  expect(token).toHaveLength(43)
  expect(server.output()).not.toContain(token)
})
