import { createTransport } from 'nodemailer'
import type { Logger } from 'pino'
import { fail, ok, type Result } from '#lib/domain/result.ts'
import type { Config } from '#server/config.ts'

export type Message = {
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly html: string
  /** Beside those that every message has; from us, never from somebody’s text. */
  readonly headers?: Readonly<Record<string, string>>
  /** The same for the same message sent again, so that the reader’s program shows it once. Without angle brackets. */
  readonly messageId?: string
}

/**
 * `refused`: there is no such mailbox, and trying again cannot help. `notTaken`: the server answers, and does not take
 * this message now. `unreachable`: it does not answer, or does not know us.
 */
export type MailFailure = 'refused' | 'notTaken' | 'unreachable'

export type Mail = {
  /** Resolves once the mail server has taken the message. A refusal is a value: mail is never the only way. */
  send(message: Message): Promise<Result<void, MailFailure>>
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
    async send({ to, headers, messageId, ...message }) {
      try {
        await transport.sendMail({
          ...message,
          ...(messageId && { messageId: `<${messageId}>` }),
          from: { name: 'Pupitre', address },
          to: { name: '', address: to },
          headers: { ...headers, 'Auto-Submitted': 'auto-generated' },
        })
        return ok(undefined)
      } catch (error) {
        // The error's own text may quote the address: only its code is written down.
        log.warn({ code: codeOf(error) }, 'the mail server did not take a message')
        return fail(failureOf(error))
      }
    },
  }
}

function codeOf(error: unknown): string {
  const { code, responseCode } = error as { code?: unknown; responseCode?: unknown }
  return [code, responseCode].filter((part) => part !== undefined).join(' ') || 'unknown'
}

/** Codes of Nodemailer for a server with which there is no talking at all. */
const SILENT =
  /^(ECONNECTION|ETIMEDOUT|ESOCKET|EDNS|ETLS|EAUTH|EOAUTH2|ENOAUTH|EREQUIRETLS|EPROTOCOL|EPROXY)$/

/**
 * What a failure means (RFC 5321 4.2.1, RFC 3463). Only a 5xx about the recipient is about the mailbox, and 5.7
 * (policy) is not: a relay that does not know us any more says so to every recipient.
 */
function failureOf(error: unknown): MailFailure {
  const { code, command, response, responseCode } = error as Readonly<Record<string, unknown>>
  if (SILENT.test(String(code))) return 'unreachable'
  if (typeof responseCode !== 'number') return code === 'EENVELOPE' ? 'notTaken' : 'unreachable'
  if (responseCode < 500) return 'notTaken'
  const enhanced = /^5\d\d[ -](5\.\d{1,3}\.\d{1,3})/.exec(String(response))?.[1]
  const aboutMailbox = enhanced ? /^5\.[12]\./.test(enhanced) : command === 'RCPT TO'
  return aboutMailbox ? 'refused' : 'notTaken'
}
