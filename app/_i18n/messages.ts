import type { Locale } from '#lib/domain/permissions.ts'
import enAudit from './messages/en/audit.json'
import enCalendar from './messages/en/calendar.json'
import enCommon from './messages/en/common.json'
import enDrafts from './messages/en/drafts.json'
import enEditor from './messages/en/editor.json'
import enHistory from './messages/en/history.json'
import enInbox from './messages/en/inbox.json'
import enInvitation from './messages/en/invitation.json'
import enProfile from './messages/en/profile.json'
import enReview from './messages/en/review.json'
import enSetup from './messages/en/setup.json'
import enShell from './messages/en/shell.json'
import enSignIn from './messages/en/signIn.json'
import enSuggest from './messages/en/suggest.json'
import enTeam from './messages/en/team.json'
import enThreads from './messages/en/threads.json'
import audit from './messages/fr/audit.json'
import calendar from './messages/fr/calendar.json'
import common from './messages/fr/common.json'
import drafts from './messages/fr/drafts.json'
import editor from './messages/fr/editor.json'
import history from './messages/fr/history.json'
import inbox from './messages/fr/inbox.json'
import invitation from './messages/fr/invitation.json'
import profile from './messages/fr/profile.json'
import review from './messages/fr/review.json'
import setup from './messages/fr/setup.json'
import shell from './messages/fr/shell.json'
import signIn from './messages/fr/signIn.json'
import suggest from './messages/fr/suggest.json'
import team from './messages/fr/team.json'
import threads from './messages/fr/threads.json'

const fr = {
  common,
  shell,
  setup,
  signIn,
  invitation,
  team,
  profile,
  drafts,
  editor,
  calendar,
  threads,
  suggest,
  review,
  history,
  inbox,
  audit,
}

/** French is the source: a key that exists only in English does not exist. */
export type Messages = typeof fr
export type Namespace = keyof Messages

const en: Messages = {
  common: enCommon,
  shell: enShell,
  setup: enSetup,
  signIn: enSignIn,
  invitation: enInvitation,
  team: enTeam,
  profile: enProfile,
  drafts: enDrafts,
  editor: enEditor,
  calendar: enCalendar,
  threads: enThreads,
  suggest: enSuggest,
  review: enReview,
  history: enHistory,
  inbox: enInbox,
  audit: enAudit,
}

export const MESSAGES: Record<Locale, Messages> = { fr, en }
