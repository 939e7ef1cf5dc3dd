import { setTimeout as sleep } from 'node:timers/promises'
import { WebSocket } from 'ws'
import type { ThreadId } from '#lib/domain/ids.ts'
import type { NewsroomEvent } from '#lib/protocol/newsroom-events.ts'
import type { Member, Newsroom } from '../pupitre.ts'
import type { Desk } from './desk.ts'

/** Between two comments, in milliseconds: a lively conversation. */
const PAUSE = 100

/**
 * Comments that one person writes, with everybody else’s pages listening.
 * @returns milliseconds from each call to the arrival of its news at each of the others
 */
export async function measureArrival(
  newsroom: Newsroom,
  member: Member,
  desk: Desk,
  { thread, listeners, comments }: { thread: ThreadId; listeners: number; comments: number },
): Promise<readonly number[]> {
  const sentAt = new Map<string, number>()
  const delays: number[] = []
  const hear = (text: string) => {
    const arrived = performance.now()
    const event = JSON.parse(text) as NewsroomEvent
    if (event.type !== 'thread') return
    for (const { body } of event.comments) {
      const sent = sentAt.get(body)
      if (sent !== undefined) delays.push(arrived - sent)
    }
  }
  const sockets = await Promise.all(Array.from({ length: listeners }, () => listen(newsroom, member, hear)))
  try {
    for (let index = 0; index < comments; index += 1) {
      const body = `Commentaire ${index}`
      sentAt.set(body, performance.now())
      await desk.reply(thread, body)
      await sleep(PAUSE)
    }
    await sleep(1000)
    if (delays.length !== comments * listeners) {
      throw new Error(`${delays.length} arrivals of ${comments * listeners}`)
    }
    return delays
  } finally {
    for (const socket of sockets) socket.close()
  }
}

function listen(newsroom: Newsroom, { cookie }: Member, onText: (text: string) => void): Promise<WebSocket> {
  const url = `${newsroom.url.replace(/^http/, 'ws')}/collab/newsroom`
  const socket = new WebSocket(url, { headers: { cookie, origin: newsroom.url }, perMessageDeflate: false })
  socket.on('message', (data) => onText(String(data)))
  return new Promise((resolve, reject) => {
    // The greeting: from here on the server tells it everything.
    socket.once('message', () => resolve(socket))
    socket.once('error', reject)
    socket.once('close', (code) => reject(new Error(`${url} closed: ${code}`)))
  })
}
