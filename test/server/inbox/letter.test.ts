import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { volunteers } from '#drizzle/schema/people.ts'
import { type MailServer, openMailServer, type Received } from '#test/support/mail-server.ts'
import { AT_ONCE, inboxDesk, MINUTE, mailThrough, PUBLIC_URL, talk } from './newsroom.ts'

let server: MailServer
beforeEach(async () => {
  server = await openMailServer()
})
afterEach(() => server.close())

async function desk() {
  const made = await inboxDesk()
  const talking = await talk(made)
  await made.inbox.chooseMail(talking.paul, AT_ONCE)
  const send = async (): Promise<Received> => {
    made.clock.forward(10 * MINUTE)
    await made.mailer(mailThrough(server.url)).tend()
    const [received] = server.received.splice(0)
    if (!received) throw new Error('nothing was sent')
    return received
  }
  return { ...made, ...talking, send }
}

describe('the e-mail about notices', () => {
  test('says who did what, with what was said, and leads to it', async () => {
    const { say, send, draftId, threadId } = await desk()
    await say('As-tu vérifié le chiffre?')
    const { body } = await send()
    expect(body).toContain('Bonjour Paul Gagnon,')
    expect(body).toContain('dans «\u00a0La Relève\u00a0»')
    expect(body).toContain('Marie Tremblay répond dans un fil sur «\u00a0Grève des éboueurs <3\u00a0»')
    expect(body).toContain('As-tu vérifié le chiffre?')
    expect(body).toContain(`https://pupitre.exemple.org/drafts/${draftId}?thread=${threadId}`)
    expect(body).toContain('https://pupitre.exemple.org/profile#notify')
  })

  test('carries nothing private in any header: no title, no name, no newsroom, no text', async () => {
    const { say, send, marie, draftId, notify, paul } = await desk()
    await say('Un secret de la rédaction')
    await notify({ kind: 'reviewAsked', to: [paul.volunteerId], by: marie.volunteerId, draftId })
    const received = await send()
    expect(received.header('subject')).toBe('Pupitre\u00a0: 2 avis vous attendent')
    const end = received.source.indexOf('\r\n\r\n')
    const names = ['subject', 'from', 'to', 'message-id', 'list-unsubscribe', 'references', 'reply-to']
    const shown = `${received.source.slice(0, end)}\n${names.map((name) => received.header(name)).join('\n')}`
    for (const secret of [
      'Tremblay',
      'Marie',
      'Gagnon',
      'Paul',
      'Grève',
      'boueurs',
      'Relève',
      'secret',
      draftId,
    ])
      expect(shown).not.toContain(secret)
  })

  test('says that nobody wrote it, and offers one button out of its one thread', async () => {
    const { say, send, inbox, threadId, paul } = await desk()
    await say('Un')
    const received = await send()
    expect(received.header('auto-submitted')).toBe('auto-generated')
    expect(received.header('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click')
    const address = /^<https:\/\/pupitre\.exemple\.org\/api\/unsubscribe\/([\w-]+)>$/.exec(
      received.header('list-unsubscribe') ?? '',
    )
    expect(inbox.inspectLink(address?.[1] ?? '').ok).toBe(true)
    expect(received.body).toContain(`${PUBLIC_URL.origin}/unsubscribe/${address?.[1]}`)
    await inbox.unsubscribe(address?.[1] ?? '')
    expect(await inbox.list(paul, { unreadOnly: false, after: null })).toMatchObject({
      lines: [{ threadId }],
    })
  })

  test('about several threads has a link out of each, and no one button for all', async () => {
    const { say, send, thread, draftId, marie, paul, comment, notify } = await desk()
    await say('Ici')
    const other = await thread(draftId, marie)
    const commentId = await comment(other, marie, 'Là')
    const to = [paul.volunteerId]
    await notify({ kind: 'reply', to, by: marie.volunteerId, draftId, threadId: other, commentId })
    const received = await send()
    expect(received.header('list-unsubscribe')).toBeNull()
    const links = new Set(received.body.match(/\/unsubscribe\/[\w-]{91}/g))
    expect(links.size).toBe(2)
  })

  test('shows what looks like HTML as what was typed', async () => {
    const { say, send, orm } = await desk()
    await orm.update(volunteers).set({ name: '<b onclick=alert(1)>Zoé' })
    await say('<script>alert("x")</script><img src=x onerror=\'y\'> & <a href="https://mal.example">ici</a>')
    const { body } = await send()
    const html = body.slice(body.indexOf('<!doctype html>'))
    expect(html).not.toMatch(/<script|<img|onerror='|<b onclick|href="https:\/\/mal/)
    expect(html).toContain('&#60;script&#62;alert(&#34;x&#34;)&#60;/script&#62;')
    expect(html).toContain('Grève des éboueurs &#60;3')
  })

  test('speaks the language of its reader', async () => {
    const { say, send, orm } = await desk()
    await orm.update(volunteers).set({ locale: 'en' })
    await say('One', 'mention')
    const received = await send()
    expect(received.header('subject')).toBe('Pupitre: 1 notice is waiting for you')
    expect(received.body).toContain('Marie Tremblay mentions you in a comment on “Grève des éboueurs <3”')
  })

  test('calls people named in a comment by their names', async () => {
    const { say, send, paul } = await desk()
    await say(`Salut @[${paul.volunteerId}]!`, 'mention')
    expect((await send()).body).toContain('Salut @Paul Gagnon!')
  })

  test('does not repeat who writes where, of several comments in a row', async () => {
    const { say, send, clock } = await desk()
    for (const text of ['Un.', 'Deux.', 'Trois.']) {
      await say(text)
      clock.forward(1)
    }
    const { body } = await send()
    const text = body.slice(0, body.indexOf('<!doctype'))
    expect(text.match(/Marie Tremblay/g)).toHaveLength(1)
    expect(text).toMatch(/Un\.\s+Deux\.\s+Trois\./)
  })

  test('of a hundred notices shows forty, and says how many there are', async () => {
    const { say, send, clock } = await desk()
    for (let n = 0; n < 100; n++) {
      await say(`n${n}.`)
      clock.forward(1)
    }
    const received = await send()
    expect(received.header('subject')).toContain('100 avis')
    expect(received.body).toContain('Et 60 autres avis.')
    expect(received.body).not.toContain('n40.')
  })
})
