import { once } from 'node:events'
import { afterAll, beforeAll, expect, test } from 'vitest'
import WebSocket from 'ws'
import { CLOSE } from '#lib/protocol/close-codes.ts'
import { type RunningServer, startServer } from '#test/support/server.ts'

let server: RunningServer

beforeAll(async () => {
  server = await startServer({ dev: true })
}, 180_000)
afterAll(async () => {
  await server?.stop()
}, 30_000)

const open = (path: string) => new WebSocket(server.url.replace('http', 'ws') + path, { origin: server.url })

test('with hot reload on, its socket and those of the rooms live side by side on one port', async () => {
  // Next takes upgrades from its first request on.
  await fetch(`${server.url}/_next/static/none.js`)
  const reload = open('/_next/hmr')
  const [hello] = await once(reload, 'message')
  expect(JSON.parse(String(hello))).toHaveProperty('type')
  const room = open('/collab/newsroom')
  const [code] = await once(room, 'close')
  expect(code).toBe(CLOSE.signedOut)
  expect(reload.readyState).toBe(WebSocket.OPEN)
  reload.terminate()
}, 60_000)
