import { putSlot } from '#lib/documents/calendar/edits.ts'
import type { Slot } from '#lib/domain/calendar/slot.ts'
import { signIn } from '#test/support/sign-in.ts'
import { stockClient, synced } from '#test/support/sync-client.ts'
import { PASSWORD, type TestNewsroom } from './newsroom.ts'

/** Puts slots into the calendar as any client would. @returns that client, in step with the server */
export async function plan(newsroom: TestNewsroom, email: string, ...slots: readonly Slot[]) {
  const { url } = newsroom.server
  const cookie = await signIn(url, { email, password: PASSWORD })
  const client = stockClient(`${url.replace('http', 'ws')}/collab`, 'calendar/main', { cookie, origin: url })
  await synced(client)
  client.doc.transact(() => {
    for (const one of slots) putSlot(client.doc, one)
  })
  return client
}
