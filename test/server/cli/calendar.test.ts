import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import type { ServerEvent } from '#server/events/port.ts'
import { createEvents } from '#server/events/postgres.ts'
import { createLog } from '#server/log.ts'
import { bytesOf, calendar, event } from '#test/server/calendar/ics.ts'
import { answerOf, makeNewsroom, passphrase, temporaryFolder } from './desk.ts'

// Each call is a process of its own: on a busy machine that takes its time.
vi.setConfig({ testTimeout: 90_000 })

type Imported = { added: number; updated: number; unchanged: number; skipped: { reason: string }[] }

const FILE = calendar(
  event('UID:a\nSUMMARY:À venir\nDTSTART;TZID=America/Toronto:20990305T120000\nCATEGORIES:Blogue'),
  event('UID:b\nSUMMARY:Passé\nDTSTART:20210305T120000Z'),
  event('UID:c\nSUMMARY:Sans date'),
)

async function fileWith(content: string | Uint8Array): Promise<string> {
  const path = join(await temporaryFolder(), 'agenda.ics')
  await writeFile(path, content)
  return path
}

describe('pupitre calendar import', () => {
  it('takes in what can be planned, names what cannot, and adds nothing the second time', async () => {
    const { run } = await makeNewsroom()
    const path = await fileWith(FILE)
    const first = await run(['calendar', 'import', path, '--json'])
    expect(first.code).toBe(1)
    expect(first.stderr).toContain('Sans date\u00a0: il n’a pas de date de début')
    expect(answerOf<Imported>(first)).toEqual({
      added: 2,
      updated: 0,
      unchanged: 0,
      skipped: [{ uid: 'c', title: 'Sans date', reason: 'noStart' }],
    })
    const second = await run(['calendar', 'import', path, '--json'])
    expect(answerOf<Imported>(second)).toMatchObject({ added: 0, updated: 0, unchanged: 2 })
    const exported = answerOf<{ text: string }>(
      await run(['calendar', 'export', '--format', 'json', '--json']),
    )
    const { slots } = JSON.parse(exported.text) as { slots: { title: string }[] }
    expect(slots.map(({ title }) => title)).toEqual(['Passé', 'À venir'])
  })

  it('tells the server that the calendar was written to', async () => {
    const { database, run } = await makeNewsroom()
    const events = await createEvents({ database, log: createLog({ logLevel: 'silent' }) })
    const heard: ServerEvent[] = []
    events.subscribe((news) => heard.push(news))
    const { code } = await run(['calendar', 'import', await fileWith(FILE)])
    expect(code).toBe(1)
    await expect.poll(() => heard).toContainEqual({ type: 'document.written', document: 'calendar/main' })
    expect(heard).toContainEqual({ type: 'calendar.changed' })
    await events.close()
  })

  it('touches nothing where the file is missing, too large or no calendar', async () => {
    const { run } = await makeNewsroom()
    const cases: [string, string][] = [
      [join(await temporaryFolder(), 'absent.ics'), 'Ce fichier n’existe pas.'],
      [await fileWith(new Uint8Array(21 * 1024 * 1024)), 'Ce fichier est trop gros'],
      [await fileWith('Bonjour'), 'Ce n’est pas un calendrier'],
    ]
    for (const [path, sentence] of cases) {
      const { code, stdout, stderr } = await run(['calendar', 'import', path, '--json'])
      expect([code, stderr]).toEqual([1, expect.stringContaining(sentence)])
      expect(JSON.parse(stdout)).toEqual({ error: expect.stringContaining(sentence) })
    }
    expect((await run(['calendar', 'import'])).code).toBe(2)
  })
})

describe('pupitre calendar export', () => {
  it('gives each format, by days and channel, on standard output or in a file', async () => {
    const { run } = await makeNewsroom()
    await run(['calendar', 'import', await fileWith(bytesOf(FILE))])
    const ics = await run([
      'calendar',
      'export',
      '--channel',
      'blog',
      '--from',
      '2099-03-05',
      '--to',
      '2099-03-05',
    ])
    expect(ics.stdout).toMatch(/^BEGIN:VCALENDAR\r\n[\s\S]*SUMMARY:À venir\r\n[\s\S]*END:VCALENDAR\n$/)
    expect(ics.stdout.match(/BEGIN:VEVENT/g)).toHaveLength(1)
    const folder = await temporaryFolder()
    const csv = await run([
      'calendar',
      'export',
      '--format',
      'csv',
      '--to',
      '2022-01-01',
      '--out',
      folder,
      '--json',
    ])
    const { path } = answerOf<{ path: string }>(csv)
    expect(path).toBe(join(folder, 'calendrier-2022-01-01.csv'))
    expect(await readFile(path, 'utf8')).toMatch(
      /\r\n2021-03-05,07:00,2021-03-05,07:30,America\/Toronto,Passé,/,
    )
  })

  it('does not understand what is no day, no channel or no format', async () => {
    const { run } = await makeNewsroom()
    for (const wrong of [
      ['--from', '2027-02-30'],
      ['--to', 'demain'],
      ['--channel', 'myspace'],
      ['--format', 'pdf'],
      ['--from', '2027-02-02', '--to', '2027-01-01'],
    ]) {
      expect([wrong, (await run(['calendar', 'export', ...wrong])).code]).toEqual([wrong, 2])
    }
  })
})

describe('pupitre calendar feed', () => {
  it('makes an address for somebody, another one each time', async () => {
    const { run } = await makeNewsroom()
    const person = [
      '--email',
      'maude@exemple.quebec',
      '--name',
      'Maude',
      '--role',
      'reader',
      '--password-stdin',
    ]
    await run(['volunteer', 'add', ...person], passphrase)
    const url = async () =>
      answerOf<{ url: string }>(await run(['calendar', 'feed', '--email', 'Maude@exemple.quebec', '--json']))
        .url
    const first = await url()
    expect(first).toMatch(/^http:\/\/localhost:1\/api\/calendar\/[\w-]{43}\.ics$/)
    expect(await url()).not.toBe(first)
    expect(await run(['calendar', 'feed', '--email', 'personne@exemple.quebec'])).toMatchObject({ code: 1 })
    expect((await run(['calendar', 'feed'])).code).toBe(2)
  })
})
