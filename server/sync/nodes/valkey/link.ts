import { Redis } from 'ioredis'
import type { Logger } from 'pino'

/** First and longest pause between attempts to connect, in milliseconds. */
const FIRST_PAUSE = 50
const LONGEST_PAUSE = 1500
/** Bytes that may be on their way to Valkey; beyond that messages are dropped: the rows have all. */
const MAX_WAITING = 4 * 1024 * 1024
/** Channels of one SUBSCRIBE. */
const CHANNELS_AT_ONCE = 500

export type LinkEvents = {
  hear(channel: string, message: Buffer): void
  /** Every channel is heard again; what was said before that is lost. */
  up(): void
}

/** Two connections to Valkey: one that speaks, one that listens. They come back by themselves. */
export class ValkeyLink {
  readonly #url: string
  readonly #events: LinkEvents
  readonly #logger: Logger
  readonly #channels = new Set<string>()
  #speaker: Redis
  #hearer: Redis
  #waiting = 0
  #hears = false
  /** Of the failures of one outage the first is worth a line. */
  #complained = false
  #closed = false

  constructor(url: string, events: LinkEvents, logger: Logger) {
    this.#url = url
    this.#events = events
    this.#logger = logger
    this.#speaker = this.#openSpeaker()
    this.#hearer = this.#openHearer()
  }

  get up(): boolean {
    return this.#hears && this.#speaker.status === 'ready'
  }

  /** Never waits. @returns false where the message was dropped */
  say(channel: string, message: Buffer): boolean {
    if (this.#speaker.status !== 'ready' || this.#waiting > MAX_WAITING) return false
    this.#waiting += message.length
    const done = () => {
      this.#waiting -= message.length
    }
    this.#speaker.publish(channel, message).then(done, done)
    return true
  }

  /** Resolves when the channel is heard: false where that is only after the next `up`. */
  async listen(channel: string): Promise<boolean> {
    this.#channels.add(channel)
    if (!this.#hears) return false
    return this.#hearer.subscribe(channel).then(
      () => true,
      () => false,
    )
  }

  ignore(channel: string): void {
    this.#channels.delete(channel)
    if (this.#hears) this.#hearer.unsubscribe(channel).catch(() => {})
  }

  /** Both connections anew: what looks open may be dead. */
  renew(): void {
    if (this.#closed) return
    for (const old of [this.#speaker, this.#hearer]) old.disconnect()
    this.#hears = false
    this.#speaker = this.#openSpeaker()
    this.#hearer = this.#openHearer()
  }

  /** @param patience milliseconds that what was said last may take to leave */
  async close(patience: number): Promise<void> {
    this.#closed = true
    this.#hearer.disconnect()
    const quit = this.#speaker.status === 'ready' ? this.#speaker.quit().catch(() => {}) : null
    let timer: NodeJS.Timeout | undefined
    await Promise.race([
      quit,
      new Promise((resolve) => {
        timer = setTimeout(resolve, patience)
      }),
    ])
    clearTimeout(timer)
    this.#speaker.disconnect()
  }

  #openSpeaker(): Redis {
    const speaker = new Redis(this.#url, CONNECTION)
    this.#complainOf(speaker)
    return speaker
  }

  #openHearer(): Redis {
    const hearer = new Redis(this.#url, CONNECTION)
    this.#complainOf(hearer)
    hearer.on('messageBuffer', (channel: Buffer, message: Buffer) => {
      if (hearer === this.#hearer) this.#events.hear(channel.toString('utf8'), message)
    })
    hearer.on('close', () => {
      if (hearer === this.#hearer) this.#hears = false
    })
    hearer.on('ready', () => void this.#hearAll(hearer))
    return hearer
  }

  async #hearAll(hearer: Redis): Promise<void> {
    const heard = new Set<string>()
    try {
      // Some may be added while others are asked for.
      for (;;) {
        const missing = [...this.#channels].filter((channel) => !heard.has(channel))
        if (missing.length === 0) break
        const some = missing.slice(0, CHANNELS_AT_ONCE)
        await hearer.subscribe(...some)
        for (const channel of some) heard.add(channel)
      }
    } catch {
      // The connection broke again: its next `ready` begins anew.
      return
    }
    if (hearer !== this.#hearer || this.#closed) return
    this.#hears = true
    if (this.#complained) this.#logger.info('Valkey answers again')
    this.#complained = false
    this.#events.up()
  }

  #complainOf(connection: Redis): void {
    connection.on('error', (error: Error) => {
      if (this.#complained || this.#closed) return
      this.#complained = true
      this.#logger.warn(
        { err: error },
        'Valkey does not answer: changes of other processes are read from the rows',
      )
    })
  }
}

const CONNECTION = {
  // What cannot be said now is not worth saying later.
  enableOfflineQueue: false,
  autoResendUnfulfilledCommands: false,
  autoResubscribe: false,
  maxRetriesPerRequest: 0,
  connectTimeout: 3000,
  keepAlive: 5000,
  retryStrategy: (times: number) =>
    Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** Math.min(times, 10)) * (0.5 + Math.random() / 2),
}
