import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type NewsroomNews, openNewsroomLink } from '#app/_collab/newsroom-link.ts'

/** A socket whose other end is the test. */
class TestSocket {
  onmessage: ((message: { data: string }) => void) | null = null
  onclose: ((event: { code: number }) => void) | null = null
  close(code = 1005) {
    this.onclose?.({ code })
  }
  greet() {
    this.onmessage?.({ data: JSON.stringify({ type: 'presences', drafts: {} }) })
  }
}

function openLink() {
  const sockets: TestSocket[] = []
  const heard: NewsroomNews['type'][] = []
  const link = openNewsroomLink({
    openSocket: () => {
      const socket = new TestSocket()
      sockets.push(socket)
      return socket as unknown as WebSocket
    },
    random: () => 0,
  })
  link.listen(({ type }) => heard.push(type))
  const newest = () => sockets.at(-1) ?? expect.unreachable('a socket was opened')
  return { link, heard, newest }
}

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

test('a page that is greeted at once has missed nothing', () => {
  const { link, heard, newest } = openLink()
  newest().greet()
  expect(link.connected.get()).toBe(true)
  expect(heard).toEqual([])
  link.close()
})

test('a page whose link was lost is told, once, that it is back', () => {
  const { link, heard, newest } = openLink()
  newest().greet()
  newest().close(1006)
  expect(link.connected.get()).toBe(false)
  vi.advanceTimersByTime(500)
  newest().greet()
  newest().greet()
  expect(heard).toEqual(['returned'])
  link.close()
})

test('a page that was opened offline is told when it gets through for the first time', () => {
  const { link, heard, newest } = openLink()
  newest().close(1006)
  vi.advanceTimersByTime(500)
  newest().close(1006)
  vi.advanceTimersByTime(1000)
  newest().greet()
  expect(link.connected.get()).toBe(true)
  expect(heard).toEqual(['returned'])
  link.close()
})

test('a page that is told that trying again is no use tries no more', () => {
  const { link, newest } = openLink()
  const last = newest()
  last.close(4401)
  vi.advanceTimersByTime(60_000)
  expect(newest()).toBe(last)
  link.close()
})
