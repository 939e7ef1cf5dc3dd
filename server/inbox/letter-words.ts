import type { NoticeKind } from '#lib/domain/inbox/notice.ts'
import type { Locale } from '#lib/domain/permissions.ts'

/** `who` did something to `what`, a title in quotation marks or some other words for it. */
type Sentence = (who: string, what: string) => string
/** Where nobody did it: the newsroom by itself. */
type Happening = (what: string) => string

export type LetterWords = {
  /** Read on lock screens and by every server on the way: a number, and nothing of what it counts. */
  readonly subject: (count: number) => string
  readonly hello: (name: string) => string
  readonly lead: (count: number, newsroom: string) => string
  readonly sentences: Readonly<Record<NoticeKind, Sentence>>
  /** An approval that was lost though the text is the same. */
  readonly approvalFallen: Happening
  readonly somebody: string
  readonly draft: (title: string) => string
  readonly untitled: string
  readonly slot: (title: string | null) => string
  readonly open: string
  readonly leave: string
  readonly rest: (count: number) => string
  readonly inbox: string
  readonly choose: string
}

export const LETTER_WORDS: Readonly<Record<Locale, LetterWords>> = {
  fr: {
    subject: (count) =>
      count === 1 ? 'Pupitre\u00a0: 1 avis vous attend' : `Pupitre\u00a0: ${count} avis vous attendent`,
    hello: (name) => `Bonjour ${name},`,
    lead: (count, newsroom) =>
      `${count === 1 ? 'Voici ce qui vous attend' : `Voici les ${count} avis qui vous attendent`} dans «\u00a0${newsroom}\u00a0».`,
    sentences: {
      mention: (who, what) => `${who} vous mentionne dans un commentaire sur ${what}`,
      reply: (who, what) => `${who} répond dans un fil sur ${what}`,
      thread: (who, what) => `${who} ouvre un fil sur ${what}`,
      reviewAsked: (who, what) => `${who} demande une révision\u00a0: ${what}`,
      approved: (who, what) => `${who} approuve ${what}`,
      changesRequested: (who, what) => `${who} demande des retouches\u00a0: ${what}`,
      approvalVoided: (who, what) => `${who} a modifié ${what}\u00a0: l’approbation ne vaut plus`,
    },
    approvalFallen: (what) =>
      `${what}\u00a0: l’approbation ne vaut plus, car les règles ou l’équipe ont changé`,
    somebody: 'Quelqu’un',
    draft: (title) => `«\u00a0${title}\u00a0»`,
    untitled: 'un brouillon sans titre',
    slot: (title) => (title ? `le créneau «\u00a0${title}\u00a0»` : 'un créneau du calendrier'),
    open: 'Ouvrir',
    leave: 'Ne plus suivre ce fil',
    rest: (count) => (count === 1 ? 'Et un autre avis.' : `Et ${count} autres avis.`),
    inbox: 'Voir tous vos avis',
    choose: 'Choisir ce que vous recevez par courriel',
  },
  en: {
    subject: (count) => `Pupitre: ${count} ${count === 1 ? 'notice is' : 'notices are'} waiting for you`,
    hello: (name) => `Hello ${name},`,
    lead: (count, newsroom) =>
      `${count === 1 ? 'Here is what is waiting for you' : `Here are the ${count} notices waiting for you`} in “${newsroom}”.`,
    sentences: {
      mention: (who, what) => `${who} mentions you in a comment on ${what}`,
      reply: (who, what) => `${who} replies in a thread on ${what}`,
      thread: (who, what) => `${who} starts a thread on ${what}`,
      reviewAsked: (who, what) => `${who} asks for a review: ${what}`,
      approved: (who, what) => `${who} approves ${what}`,
      changesRequested: (who, what) => `${who} asks for changes: ${what}`,
      approvalVoided: (who, what) => `${who} changed ${what}: the approval no longer holds`,
    },
    approvalFallen: (what) => `${what}: the approval no longer holds, as the rules or the team changed`,
    somebody: 'Somebody',
    draft: (title) => `“${title}”`,
    untitled: 'an untitled draft',
    slot: (title) => (title ? `the slot “${title}”` : 'a slot of the calendar'),
    open: 'Open',
    leave: 'Stop following this thread',
    rest: (count) => (count === 1 ? 'And one more notice.' : `And ${count} more notices.`),
    inbox: 'See all your notices',
    choose: 'Choose what you get by e-mail',
  },
}
