import { createTransport } from 'nodemailer'
import type { Logger } from 'pino'
import { fail, ok, type Result } from '#lib/domain/result.ts'
import type { Config } from '#server/config.ts'

export type Message = {
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly html: string
}

export type Mail = {
  /** Resolves once the mail server has taken the message. A refusal is a value: mail is never the only way. */
  send(message: Message): Promise<Result<void, 'mailFailed'>>
}

/** A person waits for the answer: a mail server that says nothing is given up. */
const PATIENCE_MS = 10_000

/** @returns null where no mail server is set: links are then copied by hand */
export function createMail(
  config: Pick<Config, 'smtpUrl' | 'mailFrom' | 'publicUrl'>,
  log: Pick<Logger, 'warn'>,
): Mail | null {
  if (!config.smtpUrl) return null
  const address = config.mailFrom ?? `pupitre@${config.publicUrl.hostname}`
  const transport = createTransport({
    url: config.smtpUrl,
    connectionTimeout: PATIENCE_MS,
    greetingTimeout: PATIENCE_MS,
    socketTimeout: PATIENCE_MS,
    // Text comes from us, never from a file or an address that somebody names in it.
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return {
    async send({ to, ...message }) {
      try {
        await transport.sendMail({
          ...message,
          from: { name: 'Pupitre', address },
          to: { name: '', address: to },
          headers: { 'Auto-Submitted': 'auto-generated' },
        })
        return ok(undefined)
      } catch (error) {
        // The error's own text may quote the address: only its code is written down.
        log.warn({ code: codeOf(error) }, 'the mail server did not take a message')
        return fail('mailFailed')
      }
    },
  }
}

function codeOf(error: unknown): string {
  const { code, responseCode } = error as { code?: unknown; responseCode?: unknown }
  return [code, responseCode].filter((part) => part !== undefined).join(' ') || 'unknown'
}
