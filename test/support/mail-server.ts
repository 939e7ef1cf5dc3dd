import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'

export type Received = {
  readonly to: readonly string[]
  readonly from: string
  readonly source: string
  /** Header lines unfolded and decoded. */
  header(name: string): string | null
  /** Text and HTML parts, decoded. */
  readonly body: string
}

type Refusal = { readonly code: number; readonly text: string }

/** A mail server that keeps what it is sent. */
export async function openMailServer(port = 0) {
  const received: Received[] = []
  /** What it says to recipients instead of taking mail for them. */
  const state: {
    refuse: ((address: string) => Refusal | null) | null
    beforeTaking: (() => Promise<void>) | null
  } = { refuse: null, beforeTaking: null }
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo({ address }, _session, done) {
      const refusal = state.refuse?.(address)
      done(refusal ? Object.assign(new Error(refusal.text), { responseCode: refusal.code }) : null)
    },
    onData(stream, session, done) {
      let source = ''
      stream.on('data', (chunk: Buffer) => {
        source += chunk.toString('latin1')
      })
      stream.on('end', async () => {
        await state.beforeTaking?.()
        const { mailFrom, rcptTo } = session.envelope
        received.push(
          read(
            source,
            mailFrom ? mailFrom.address : '',
            rcptTo.map(({ address }) => address),
          ),
        )
        done()
      })
    },
  })
  // A client that leaves in the middle is one of the things that are tested.
  server.on('error', () => {})
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const listening = (server.server.address() as AddressInfo).port
  return {
    received,
    state,
    port: listening,
    url: `smtp://127.0.0.1:${listening}`,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  }
}

export type MailServer = Awaited<ReturnType<typeof openMailServer>>

function read(source: string, from: string, to: readonly string[]): Received {
  const end = source.indexOf('\r\n\r\n')
  const headers = source.slice(0, end).replace(/\r\n[ \t]+/g, ' ')
  return {
    to,
    from,
    source,
    header(name) {
      const line = headers
        .split('\r\n')
        .find((text) => text.toLowerCase().startsWith(`${name.toLowerCase()}:`))
      return line === undefined ? null : decodedWords(line.slice(name.length + 1).trim())
    },
    body: parts(source.slice(end + 4)),
  }
}

/** Bodies in quoted-printable, base64 or as they are, one behind the other. */
function parts(text: string): string {
  const pieces = text.split(/\r\n--[^\r\n]+(?:\r\n|$)/)
  return pieces
    .map((piece) => {
      const at = piece.indexOf('\r\n\r\n')
      const head = piece.slice(0, at)
      const body = piece.slice(at + 4)
      if (/base64/i.test(head)) return Buffer.from(body, 'base64').toString()
      if (/quoted-printable/i.test(head)) return quotedPrintable(body.replace(/=\r\n/g, ''))
      return Buffer.from(piece, 'latin1').toString()
    })
    .join('\n')
}

const quotedPrintable = (text: string) =>
  Buffer.from(
    text.replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  ).toString()

/** RFC 2047. */
const decodedWords = (text: string) =>
  text
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?([QB])\?([^?]*)\?=/gi, (_, encoding: string, word: string) =>
      encoding.toUpperCase() === 'B'
        ? Buffer.from(word, 'base64').toString()
        : quotedPrintable(word.replaceAll('_', ' ')),
    )
