import { password as askPassword, isCancel } from '@clack/prompts'
import { parseEmail } from '#lib/domain/accounts/email.ts'
import { parseVolunteerId } from '#lib/domain/ids.ts'
import { isLocale, isRole, LOCALES, ROLES } from '#lib/domain/permissions.ts'
import type { VolunteerSummary } from '#server/volunteers/types.ts'
import { type Context, done, failed, type Outcome, usage } from './command.ts'
import { inNewsroom, type Newsroom } from './newsroom.ts'
import { columns, printable } from './printing.ts'

/** Longest password that is read, in characters: far past what is accepted, short of what could hurt. */
const MAX_INPUT = 10_000

async function readStandardInput(): Promise<string> {
  let text = ''
  process.stdin.setEncoding('utf8')
  for await (const chunk of process.stdin) {
    text += String(chunk)
    if (text.length > MAX_INPUT) break
  }
  // `echo` and editors end with a line feed, which is no part of the password.
  return text.replace(/\r?\n$/, '')
}

/** From standard input, or typed unseen by somebody at a terminal; null where there is neither. */
async function readPassword({ options, words }: Context): Promise<string | null> {
  if (options['password-stdin']) return readStandardInput()
  if (!process.stdin.isTTY) return null
  const typed = await askPassword({ message: words.passwordAsked, output: process.stderr })
  return isCancel(typed) ? null : typed
}

export async function addVolunteer(context: Context): Promise<Outcome> {
  const { options, words } = context
  const [email, name, role] = [String(options.email), String(options.name), String(options.role)]
  const locale = String(options.locale ?? 'fr')
  if (!isRole(role)) return usage(words.notOneOf('--role', ROLES))
  if (!isLocale(locale)) return usage(words.notOneOf('--locale', LOCALES))
  const password = await readPassword(context)
  if (password === null) return usage(words.passwordNeeded)
  return inNewsroom(context, async ({ volunteers }) => {
    const added = await volunteers.add({ email, name, role, locale, password })
    if (added.ok) return done({ id: added.value }, `${words.added(email)}\n${added.value}`)
    const problems = Object.values(added.error.fields).flatMap((key) => (key ? [words.fields[key]] : []))
    return failed(problems.join('\n'))
  })
}

/** A volunteer as programs read it: times in ISO 8601, UTC. */
const described = (volunteer: VolunteerSummary) => ({
  id: volunteer.id,
  name: volunteer.name,
  email: volunteer.email,
  role: volunteer.role,
  locale: volunteer.locale,
  suspendedAt: volunteer.suspendedAt?.toISOString() ?? null,
  createdAt: volunteer.createdAt.toISOString(),
})

export const listVolunteers = (context: Context): Promise<Outcome> =>
  inNewsroom(context, async ({ volunteers }) => {
    const { words } = context
    const everybody = await volunteers.list('operator')
    const rows = everybody.map(({ id, name, email, role, suspendedAt }) => [
      id,
      name,
      email ?? '',
      words.roles[role],
      suspendedAt ? words.isSuspended : '',
    ])
    const text = rows.length === 0 ? words.noVolunteers : columns(rows)
    return done({ volunteers: everybody.map(described) }, text)
  })

export async function findVolunteer(
  { volunteers }: Pick<Newsroom, 'volunteers'>,
  typed: string,
): Promise<VolunteerSummary | undefined> {
  const id = parseVolunteerId(typed.toLowerCase())
  const email = parseEmail(typed)
  const everybody = await volunteers.list('operator')
  return everybody.find((one) => (id !== null && one.id === id) || (email !== null && one.email === email))
}

export const decideSuspended = (context: Context, suspended: boolean): Promise<Outcome> =>
  inNewsroom(context, async (newsroom) => {
    const { words } = context
    const [typed = ''] = context.positionals
    const found = await findVolunteer(newsroom, typed)
    if (!found) return failed(words.noVolunteer(printable(typed)))
    const decided = await newsroom.volunteers[suspended ? 'suspend' : 'reinstate']('operator', found.id)
    if (!decided.ok) return failed(words.refusals[decided.error])
    const say = suspended ? words.suspended : words.reinstated
    return done({ id: found.id, suspended }, say(found.email ?? found.name))
  })
