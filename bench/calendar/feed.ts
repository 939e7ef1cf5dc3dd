import { runCli } from '#test/support/cli.ts'
import type { Newsroom } from '../pupitre.ts'

export type FeedTimes = {
  readonly whole: readonly number[]
  readonly unchanged: readonly number[]
  readonly kB: number
}

/** A calendar program that comes again and again: for the whole text, and with the tag that it has. */
export async function measureFeed(newsroom: Newsroom, email: string, times: number): Promise<FeedTimes> {
  const made = await runCli(['calendar', 'feed', '--email', email], { dataFolder: newsroom.dataFolder })
  const address = new URL((made as { url: string }).url)
  const url = `${newsroom.url}${address.pathname}${address.search}`
  const first = await fetch(url)
  const kB = (await first.arrayBuffer()).byteLength / 1000
  const etag = first.headers.get('etag') ?? ''
  const whole: number[] = []
  const unchanged: number[] = []
  for (let n = 0; n < times; n += 1) {
    whole.push(await timed(url, {}, 200))
    unchanged.push(await timed(url, { 'if-none-match': etag }, 304))
  }
  return { whole, unchanged, kB }
}

async function timed(url: string, headers: Record<string, string>, status: number): Promise<number> {
  const started = performance.now()
  const answer = await fetch(url, { headers })
  await answer.arrayBuffer()
  if (answer.status !== status) throw new Error(`the feed answered ${answer.status}`)
  return performance.now() - started
}
