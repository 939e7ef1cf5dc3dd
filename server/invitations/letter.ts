import type { Locale } from '#lib/domain/permissions.ts'
import { escapeHtml } from '#server/mail/escape-html.ts'
import type { Message } from '#server/mail/mail.ts'

type Words = { readonly newsroom: string; readonly url: string; readonly until: string }

/** The subject is read on lock screens and by every server on the way: it names neither newsroom nor person. */
const LETTERS: Record<Locale, { subject: string; lines: (words: Words) => string[]; link: string }> = {
  fr: {
    subject: 'Une invitation vous attend',
    lines: ({ newsroom, until }) => [
      'Bonjour,',
      `Vous êtes invité·e à rejoindre l’équipe «\u00a0${newsroom}\u00a0» dans Pupitre, là où elle écrit et planifie ensemble.`,
      `Le lien ci-dessous sert une seule fois, jusqu’au ${until}. Si vous n’attendiez pas ce message, ignorez-le.`,
    ],
    link: 'Accepter l’invitation',
  },
  en: {
    subject: 'An invitation is waiting for you',
    lines: ({ newsroom, until }) => [
      'Hello,',
      `You are invited to join the team “${newsroom}” in Pupitre, where it writes and plans together.`,
      `The link below works once, until ${until}. If you did not expect this message, ignore it.`,
    ],
    link: 'Accept the invitation',
  },
}

/** Names no volunteer: the letter leaves the newsroom, and outside there is only the entity. */
export function invitationLetter(
  locale: Locale,
  { newsroom, url, expiresAt }: { newsroom: string; url: string; expiresAt: Date },
): Omit<Message, 'to'> {
  const until = new Intl.DateTimeFormat(`${locale}-CA`, {
    dateStyle: 'long',
    timeZone: 'America/Toronto',
  }).format(expiresAt)
  const { subject, lines, link } = LETTERS[locale]
  const paragraphs = lines({ newsroom, url, until })
  return {
    subject,
    text: `${[...paragraphs, url].join('\n\n')}\n`,
    html: [
      `<!doctype html><html lang="${locale}"><meta charset="utf-8"><title>${escapeHtml(subject)}</title>`,
      '<body style="font:16px/1.5 system-ui,sans-serif;color:#1c1b19;max-width:34em;margin:2em auto;padding:0 1em">',
      ...paragraphs.map((paragraph) => `<p>${escapeHtml(paragraph)}</p>`),
      `<p><a href="${escapeHtml(url)}">${escapeHtml(link)}</a></p>`,
      `<p style="color:#5d5f66;word-break:break-all">${escapeHtml(url)}</p></body></html>`,
    ].join('\n'),
  }
}
