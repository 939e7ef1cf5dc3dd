import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import WebSocket from 'ws'
import type { NewsroomEvent } from '#lib/protocol/newsroom-events.ts'
import { runCli } from '#test/support/cli.ts'
import { type RunningServer, startServer } from '#test/support/server.ts'
import { signIn } from '#test/support/sign-in.ts'

const account = { email: 'maude@exemple.quebec', password: 'trois chats gris au soleil' }

let server: RunningServer
let cookie: string
beforeAll(async () => {
  server = await startServer()
  const args = ['volunteer', 'add', '--email', account.email, '--name', 'Maude Roy', '--role', 'reader']
  await runCli([...args, '--password-stdin'], { dataFolder: server.dataFolder, input: account.password })
  cookie = await signIn(server.url, account)
}, 300_000)
afterAll(() => server.stop(), 30_000)

async function importFile(name: string, text: string): Promise<string> {
  const path = join(server.dataFolder, name)
  await writeFile(path, text)
  const imported = await runCli(['draft', 'import', path], { dataFolder: server.dataFolder })
  return (imported as { drafts: { id: string }[] }).drafts[0]?.id ?? ''
}

const download = (id: string, format: string, headers: Record<string, string> = { cookie }) =>
  fetch(`${server.url}/api/drafts/${id}/export?format=${format}`, { headers, redirect: 'manual' })

it('a draft imported beside the running server appears on open pages at once', async () => {
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}/collab/newsroom`, {
    headers: { cookie, origin: server.url },
  })
  const heard: NewsroomEvent[] = []
  socket.on('message', (data) => heard.push(JSON.parse(String(data)) as NewsroomEvent))
  await expect.poll(() => heard.map(({ type }) => type), { timeout: 10_000 }).toContain('presences')
  const id = await importFile('note.md', '# Importé\n\nDu texte.')
  await expect
    .poll(() => heard, { timeout: 5000 })
    .toContainEqual({
      type: 'draft',
      draft: expect.objectContaining({ id, title: 'Importé', excerpt: 'Du texte.' }),
    })
  socket.close()
}, 60_000)

it('a draft is downloaded under its own name, and nothing in it runs here', async () => {
  const id = await importFile('a.md', '# L’été "chaud" \\ à <Québec>\n\nDu texte.')
  const html = await download(id, 'html')
  expect(html.status).toBe(200)
  expect(html.headers.get('content-type')).toBe('text/html; charset=utf-8')
  expect(html.headers.get('content-disposition')).toBe(
    `attachment; filename="L_ete chaud a Quebec.html"; filename*=UTF-8''L%E2%80%99%C3%A9t%C3%A9%20chaud%20%C3%A0%20Qu%C3%A9bec.html`,
  )
  expect(html.headers.get('content-security-policy')).toMatch(/script-src 'self' 'nonce-[^;]*;/)
  expect(html.headers.get('x-content-type-options')).toBe('nosniff')
  const text = await html.text()
  expect(text).toContain('<p>Du texte.</p>')
  expect(text).not.toContain('Maude')
  for (const format of ['md', 'txt', 'json']) expect((await download(id, format)).status).toBe(200)
}, 60_000)

it('a download is refused to strangers, and for what does not exist', async () => {
  const id = await importFile('b.md', '# Secret')
  expect((await download(id, 'md', {})).status).toBe(401)
  expect((await download(id, 'pdf')).status).toBe(400)
  expect((await download('..%2Fx', 'md')).status).toBe(400)
  expect((await download('00000000-0000-4000-8000-000000000000', 'md')).status).toBe(404)
}, 60_000)
