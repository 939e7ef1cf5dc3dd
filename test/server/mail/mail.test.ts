import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '#lib/domain/permissions.ts'
import { createInvitations } from '#server/invitations/use-cases.ts'
import { createMail, type Mail } from '#server/mail/mail.ts'
import { freshDatabase } from '#test/support/database.ts'
import { peopleOf, recordedEvents, SECRET } from '#test/support/people.ts'

type Received = { to: readonly string[]; from: string; source: string }
let received: Received[]
let refuse: string | null
let server: SMTPServer
let smtpUrl: string
let warnings: unknown[]

const publicUrl = new URL('https://pupitre.exemple.org')
const log = { warn: (...line: unknown[]) => void warnings.push(line) }

beforeEach(async () => {
  received = []
  refuse = null
  warnings = []
  server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo: (address, _session, done) =>
      done(refuse ? Object.assign(new Error(`${refuse} ${address.address}`), { responseCode: 550 }) : null),
    onData(stream, session, done) {
      let source = ''
      stream.on('data', (chunk: Buffer) => {
        source += chunk.toString()
      })
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope
        received.push({
          to: rcptTo.map(({ address }) => address),
          from: mailFrom ? mailFrom.address : '',
          source,
        })
        done()
      })
    },
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  smtpUrl = `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`
})
afterEach(() => new Promise<void>((resolve) => server.close(resolve)))

const mailOf = (url: string | null, mailFrom: string | null = null) =>
  createMail({ smtpUrl: url, mailFrom, publicUrl }, log as unknown as Parameters<typeof createMail>[1])

const decoded = (source: string) =>
  Buffer.from(
    source
      .replace(/=\r\n/g, '')
      .replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  ).toString()
const headersOf = (source: string) => source.slice(0, source.indexOf('\r\n\r\n'))

async function inviting(mail: Mail | null, locale: Actor['locale'] = 'fr') {
  const database = await freshDatabase()
  const events = recordedEvents()
  const actor = { ...(await peopleOf(database, events).join('coordinator', 'Marie Tremblay')), locale }
  const newsroomName = async () => 'La Relève <Est>'
  const invitations = createInvitations({ database, events, secret: SECRET, mail, publicUrl, newsroomName })
  const made = await invitations.create(actor, { role: 'editor', email: 'paul@exemple.org' })
  if (!made.ok) throw new Error(String(made.error))
  return { ...made.value, invitations, actor }
}

describe('an invitation by mail', () => {
  test('reaches its address in the inviter’s language, as text and as HTML, with the link that opens', async () => {
    const { url, mailed, invitations } = await inviting(mailOf(smtpUrl))
    expect(mailed).toBe('sent')
    expect(received).toHaveLength(1)
    expect(received[0]).toMatchObject({ to: ['paul@exemple.org'], from: 'pupitre@pupitre.exemple.org' })
    const letter = decoded(received[0]?.source ?? '')
    expect(letter).toContain('text/plain')
    expect(letter).toContain('text/html')
    expect(letter.split(url)).toHaveLength(4)
    expect(letter).toContain('Vous êtes invité·e à rejoindre l’équipe «\u00a0La Relève <Est>\u00a0»')
    expect(letter).toContain('La Relève &#60;Est&#62;')
    expect(await invitations.inspect(url.split('/').at(-1) ?? '')).toMatchObject({ ok: true })
  })

  test('speaks English where the inviter does', async () => {
    await inviting(mailOf(smtpUrl), 'en')
    expect(decoded(received[0]?.source ?? '')).toContain('You are invited to join the team')
  })

  test('names no volunteer anywhere, and in its headers neither newsroom nor link', async () => {
    await inviting(mailOf(smtpUrl))
    const source = received[0]?.source ?? ''
    expect(decoded(source)).not.toContain('Tremblay')
    expect(decoded(headersOf(source))).not.toMatch(/Rel|invitation\//)
    expect(headersOf(source)).toContain('Subject: Une invitation vous attend')
  })

  test('comes from the address that is set', async () => {
    await inviting(mailOf(smtpUrl, 'redaction@exemple.org'))
    expect(received[0]?.from).toBe('redaction@exemple.org')
  })

  test('that the mail server refuses leaves the link to copy, and no address in the log', async () => {
    refuse = 'no such mailbox'
    const { mailed, url, invitations, actor } = await inviting(mailOf(smtpUrl))
    expect(mailed).toBe('failed')
    expect(await invitations.inspect(url.split('/').at(-1) ?? '')).toMatchObject({ ok: true })
    expect(await invitations.list(actor)).toHaveLength(1)
    expect(JSON.stringify(warnings)).toContain('550')
    expect(JSON.stringify(warnings)).not.toContain('paul')
  })

  test('through a mail server that is away leaves the link to copy', async () => {
    const gone = smtpUrl
    await new Promise<void>((resolve) => server.close(resolve))
    expect(await inviting(mailOf(gone))).toMatchObject({ mailed: 'failed' })
  })

  test('is not sent where no mail server is set', async () => {
    expect(mailOf(null)).toBeNull()
    expect(await inviting(null)).toMatchObject({ mailed: 'off' })
  })
})

test('an address cannot add headers or recipients', async () => {
  const sent = await mailOf(smtpUrl)?.send({
    to: 'paul@exemple.org, eve@exemple.org\r\nBcc: tous@exemple.org',
    subject: 'Bonjour\r\nBcc: tous@exemple.org',
    text: 'x',
    html: 'x',
  })
  const recipients = received.flatMap(({ to }) => to)
  expect(sent?.ok === false || recipients.length === 1).toBe(true)
  for (const { source } of received) expect(headersOf(source)).not.toMatch(/^Bcc:/im)
})
