import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Logger } from 'pino'
import { type Server, WebSocket, WebSocketServer } from 'ws'
import { type DocumentAddress, kindOf } from '#lib/documents/registry.ts'
import type { Actor } from '#lib/domain/permissions.ts'
import { fail, ok, type Result } from '#lib/domain/result.ts'
import { CLOSE, type CloseCode, closeName } from '#lib/protocol/close-codes.ts'
import type { SyncLimits } from '../limits.ts'
import type { Meters } from '../meters.ts'
import type { Authenticate, Authorise } from '../ports.ts'
import { sendAway } from '../wire/send-away.ts'
import { parseAddress, type Wanted } from './address.ts'
import type { Attendance, Opening } from './attendance.ts'
import { isOurOrigin } from './origin.ts'

/** An upgraded connection and everything that was decided about it. */
export type Admitted = {
  readonly ws: WebSocket
  readonly socket: Duplex
  readonly actor: Actor
  readonly cookie: string | undefined
}
export type AdmittedTo =
  | { readonly type: 'document'; readonly address: DocumentAddress; readonly access: 'write' | 'read' }
  | { readonly type: 'newsroom' }

type Decision = { readonly actor: Actor; readonly to: AdmittedTo }

export type GateOptions = {
  readonly authenticate: Authenticate
  readonly authorise: Authorise
  readonly attendance: Attendance
  readonly origins: readonly string[]
  readonly limits: Pick<SyncLimits, 'maxFrameBytes' | 'handshakesAtOnce' | 'closeGrace'>
  readonly logger: Logger
  readonly meters: Pick<Meters, 'closed'>
  /**
   * Makes everything ready before the handshake is answered, so that no frame has to wait anywhere.
   * `enter` runs in the turn of the handshake, or not at all where the peer has gone; `release` always.
   */
  readonly prepare: (to: AdmittedTo) => Promise<Result<Prepared, CloseCode>>
}
export type Prepared = { enter(admitted: Admitted): void; release(): void }

/** Pieces in which one message may come: of the largest, 256 bytes each. Every piece costs more memory than that. */
const MAX_PARTS = 32 * 1024
/** How often a decision is taken again when news overtakes it. */
const ATTEMPTS = 5

/** Codes of RFC 6455 that `ws` closes with by itself, in our words: the stock provider retries all of its. */
const OURS = new Map<number, CloseCode>([
  [1002, CLOSE.badMessage],
  [1003, CLOSE.badMessage],
  [1007, CLOSE.badMessage],
  [1008, CLOSE.tooLarge],
  [1009, CLOSE.tooLarge],
])

class NamedCloseSocket extends WebSocket {
  /** What we closed it with; a peer that is cut off leaves no code of its own. */
  closedWith: number | null = null

  override close(code?: number, data?: string | Buffer): void {
    const named = code === undefined ? undefined : (OURS.get(code) ?? code)
    this.closedWith ??= named ?? null
    super.close(named, data ?? (named === undefined ? undefined : (closeName(named) ?? undefined)))
  }
}

/**
 * The one place that decides who comes in. A wrong Origin gets HTTP 403, for that is nobody of ours;
 * all other refusals are close codes, because a browser hides the HTTP status of a handshake from its page.
 */
export class Gate {
  readonly #options: GateOptions
  readonly #server: Server<typeof NamedCloseSocket>
  #open = true
  /** Handshakes that nothing is decided about yet. */
  #waiting = 0

  constructor(options: GateOptions) {
    this.#options = options
    this.#server = new WebSocketServer({
      noServer: true,
      perMessageDeflate: false,
      maxPayload: options.limits.maxFrameBytes,
      maxFragments: MAX_PARTS,
      maxBufferedChunks: MAX_PARTS,
      clientTracking: false,
      WebSocket: NamedCloseSocket,
    })
  }

  close(): void {
    this.#open = false
  }

  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    // Before `ws` has the socket, a peer that resets its connection would end the process.
    const ignore = () => {}
    socket.on('error', ignore)
    if (!isOurOrigin(request.headers, this.#options.origins)) {
      refuse(socket, 403, 'Sockets are opened from pages of this newsroom only.')
      return
    }
    if (this.#waiting >= this.#options.limits.handshakesAtOnce) {
      refuse(socket, 503, 'Try again in a moment.')
      return
    }
    this.#waiting += 1
    this.#decideAndEnter(request, socket, head)
      .catch((error) => {
        this.#options.logger.error({ err: error }, 'a socket could not be opened')
        refuse(socket, 503, 'Try again in a moment.')
      })
      .finally(() => {
        this.#waiting -= 1
      })
  }

  async #decideAndEnter(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const wanted = parseAddress(request.url ?? '')
    const { cookie } = request.headers
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const decided = await this.#decide(wanted, cookie)
      if (!decided.ok) {
        this.#upgrade(request, socket, head, (ws) => this.#turnAway(ws, decided.error))
        return
      }
      const { actor, to } = decided.value
      const opening: Opening = {
        actor,
        document: to.type === 'document' ? to.address.name : null,
        stale: false,
      }
      const forget = this.#options.attendance.open(opening)
      const prepared = await this.#options.prepare(to).finally(forget)
      if (!prepared.ok) {
        this.#upgrade(request, socket, head, (ws) => this.#turnAway(ws, prepared.error))
        return
      }
      try {
        if (opening.stale) continue
        this.#upgrade(request, socket, head, (ws) => prepared.value.enter({ ws, socket, actor, cookie }))
        return
      } finally {
        prepared.value.release()
      }
    }
    this.#upgrade(request, socket, head, (ws) => this.#turnAway(ws, CLOSE.accessChanged))
  }

  async #decide(wanted: Wanted | null, cookie: string | undefined): Promise<Result<Decision, CloseCode>> {
    if (!this.#open) return fail(CLOSE.goingAway)
    const actor = await this.#options.authenticate(cookie)
    if (!actor) return fail(CLOSE.signedOut)
    if (!wanted) return fail(CLOSE.noSuchDocument)
    if (wanted.type === 'newsroom') return ok({ actor, to: wanted })
    const { address, schema, as } = wanted
    // Somebody else has signed in in that browser: what was written on this page is not theirs.
    if (as !== null && as !== actor.volunteerId) return fail(CLOSE.signedOut)
    const access = await this.#options.authorise(actor, address.name)
    if (access === 'missing') return fail(CLOSE.noSuchDocument)
    if (access === 'forbidden') return fail(CLOSE.forbidden)
    const { schemaVersion } = kindOf(address)
    if (schema !== null && schema < schemaVersion) return fail(CLOSE.reloadPage)
    // A page that is newer than the server was loaded from one that is about to take over.
    if (schema !== null && schema > schemaVersion) return fail(CLOSE.goingAway)
    return ok({ actor, to: { type: 'document', address, access } })
  }

  #turnAway(ws: WebSocket, code: CloseCode): void {
    sendAway(ws, code, this.#options.limits.closeGrace)
  }

  /** `ws` answers malformed handshakes itself, and does nothing where the peer has gone. */
  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, then: (ws: WebSocket) => void): void {
    this.#server.handleUpgrade(request, socket, head, (ws) => {
      // Every error of `ws` is followed by its close.
      ws.on('error', () => {})
      ws.once('close', (code) => this.#options.meters.closed(nameOfEnd(ws.closedWith ?? code)))
      try {
        then(ws)
      } catch (error) {
        this.#options.logger.error({ err: error }, 'a socket could not be seated')
        this.#turnAway(ws, CLOSE.loadFailed)
      }
    })
  }
}

/** 1000, 1001 and 1005: the page went away; 1006: the connection was lost, or cut because it was silent. */
function nameOfEnd(code: number): string {
  if (code === 1000 || code === 1001 || code === 1005) return 'left'
  return code === 1006 ? 'lost' : (closeName(code) ?? 'other')
}

const REASONS = { 403: 'Forbidden', 503: 'Service Unavailable' } as const

function refuse(socket: Duplex, status: keyof typeof REASONS, sentence: string): void {
  if (!socket.writable) {
    socket.destroy()
    return
  }
  const head = [
    `HTTP/1.1 ${status} ${REASONS[status]}`,
    'Connection: close',
    'Content-Type: text/plain; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(sentence)}`,
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${sentence}`, () => socket.destroy())
}
