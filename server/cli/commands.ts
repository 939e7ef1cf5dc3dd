import { CHANNELS } from '#lib/domain/channels/channels.ts'
import { LOCALES, ROLES } from '#lib/domain/permissions.ts'
import { CALENDAR_FORMATS } from '#server/calendar/types.ts'
import { EXPORT_FORMATS } from '#server/drafts/types.ts'
import type { Command } from './command.ts'

const none = { operands: '', count: [0, 0], options: {} } as const
const oneVolunteer = { operands: 'EMAIL|ID', count: [1, 1], options: {} } as const

/** Every command. What it needs is loaded when it runs: a slip of the keyboard is answered at once. */
export const COMMANDS: readonly Command[] = [
  {
    ...none,
    name: 'volunteer add',
    options: {
      email: { value: 'ADDRESS', required: true },
      name: { value: 'NAME', required: true },
      role: { value: ROLES.join('|'), required: true },
      'password-stdin': {},
      locale: { value: LOCALES.join('|') },
    },
    run: async (context) => (await import('./volunteer-commands.ts')).addVolunteer(context),
  },
  {
    ...none,
    name: 'volunteer list',
    run: async (context) => (await import('./volunteer-commands.ts')).listVolunteers(context),
  },
  {
    ...oneVolunteer,
    name: 'volunteer suspend',
    run: async (context) => (await import('./volunteer-commands.ts')).decideSuspended(context, true),
  },
  {
    ...oneVolunteer,
    name: 'volunteer reinstate',
    run: async (context) => (await import('./volunteer-commands.ts')).decideSuspended(context, false),
  },
  {
    name: 'draft import',
    operands: 'FILE|FOLDER…',
    count: [1, Number.POSITIVE_INFINITY],
    options: { title: { value: 'TITLE' } },
    run: async (context) => (await import('./draft-commands.ts')).importDrafts(context),
  },
  {
    name: 'draft export',
    operands: 'ID',
    count: [1, 1],
    options: { format: { value: EXPORT_FORMATS.join('|') }, out: { value: 'FILE|FOLDER' } },
    run: async (context) => (await import('./draft-commands.ts')).exportDraft(context),
  },
  {
    ...none,
    name: 'draft list',
    options: { search: { value: 'WORDS' }, archived: {} },
    run: async (context) => (await import('./draft-commands.ts')).listDrafts(context),
  },
  {
    name: 'calendar import',
    operands: 'FILE.ics',
    count: [1, 1],
    options: {},
    run: async (context) => (await import('./calendar-commands.ts')).importCalendar(context),
  },
  {
    ...none,
    name: 'calendar export',
    options: {
      format: { value: CALENDAR_FORMATS.join('|') },
      from: { value: 'DAY' },
      to: { value: 'DAY' },
      channel: { value: CHANNELS.join('|') },
      out: { value: 'FILE|FOLDER' },
    },
    run: async (context) => (await import('./calendar-commands.ts')).exportCalendar(context),
  },
  {
    ...none,
    name: 'calendar feed',
    options: { email: { value: 'ADDRESS', required: true } },
    run: async (context) => (await import('./calendar-commands.ts')).makeFeed(context),
  },
  {
    ...none,
    name: 'audit',
    options: { since: { value: 'DAY' } },
    run: async (context) => (await import('./audit-commands.ts')).listDecisions(context),
  },
  {
    name: 'backup',
    operands: 'FILE|-',
    count: [1, 1],
    options: { 'key-file': { value: 'FILE' }, force: {}, verify: {} },
    run: async (context) => (await import('./backup-commands.ts')).backup(context),
  },
  {
    name: 'restore',
    operands: 'FILE|-',
    count: [1, 1],
    options: { 'key-file': { value: 'FILE' } },
    run: async (context) => (await import('./backup-commands.ts')).restore(context),
  },
  {
    ...none,
    name: 'doctor',
    options: { live: {}, url: { value: 'URL' }, seconds: { value: 'N' } },
    run: async (context) =>
      context.options.live
        ? (await import('./live/live.ts')).watchServer(context)
        : (await import('./doctor.ts')).examineEverything(context),
  },
]
