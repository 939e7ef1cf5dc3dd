import { WebSocket } from 'ws'
import { readServerMessage, type ServerMessage } from './fake-socket.ts'
import type { Handshake } from './sync-client.ts'

/** A socket that says exactly what it is told to, and keeps what it hears. */
export async function rawSocket(
  url: string,
  { cookie, origin }: Handshake,
  headers: Record<string, string> = {},
) {
  const ws = new WebSocket(url, {
    headers: { ...headers, ...(cookie !== undefined && { cookie }), ...(origin !== undefined && { origin }) },
    perMessageDeflate: false,
  })
  const messages: Uint8Array[] = []
  let code: number | null = null
  let status: { code: number; body: string } | null = null
  ws.on('message', (data: Buffer) => messages.push(new Uint8Array(data)))
  ws.on('error', () => {})
  ws.on('close', (closeCode) => {
    code = closeCode
  })
  ws.on('unexpected-response', (request, response) => {
    const chunks: Buffer[] = []
    response.on('data', (chunk: Buffer) => chunks.push(chunk))
    response.on('end', () => {
      status = { code: response.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') }
      request.destroy()
    })
  })
  await new Promise<void>((resolve) => {
    ws.once('open', resolve)
    ws.once('close', () => resolve())
    ws.once('unexpected-response', (_, response) => response.once('end', () => setImmediate(resolve)))
  })
  return {
    ws,
    messages,
    send: (data: Uint8Array | string) => ws.send(data),
    heard: (): ServerMessage[] => messages.map(readServerMessage),
    json: (): unknown[] => messages.map((bytes) => JSON.parse(Buffer.from(bytes).toString('utf8'))),
    code: () => code,
    /** HTTP’s answer where there was no upgrade. */
    status: () => status,
    close: () => ws.terminate(),
  }
}

export type RawSocket = Awaited<ReturnType<typeof rawSocket>>
