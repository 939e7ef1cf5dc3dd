import type { Mail } from '#server/mail/mail.ts'
import type { Metrics } from './metrics.ts'

/** The same mail, of which every message is counted by what became of it. */
export const countedMail = (mail: Mail | null, { mailed }: Pick<Metrics, 'mailed'>): Mail | null =>
  mail && {
    async send(message) {
      const sent = await mail.send(message)
      mailed(sent.ok ? 'sent' : sent.error)
      return sent
    },
  }
