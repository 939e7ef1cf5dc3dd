import { fail, ok, type Result } from '../result.ts'
import { parseEmail } from './email.ts'
import { type NameProblem, nameProblem, tidyName } from './name.ts'
import { type PasswordProblem, passwordProblem } from './password.ts'

export type FieldProblem = NameProblem | PasswordProblem | 'emailInvalid' | 'emailTaken' | 'colorUnknown'

/** A form that cannot be taken as it stands: which field, and why. */
export type InvalidFields = { readonly fields: Readonly<Partial<Record<string, FieldProblem>>> }

export const invalid = (fields: InvalidFields['fields']): Result<never, InvalidFields> => fail({ fields })

export type NewAccount = { readonly name: string; readonly email: string; readonly password: string }

/** What somebody typed to get an account, in its one spelling; or every field that is wrong, at once. */
export function parseAccount(typed: NewAccount): Result<NewAccount, InvalidFields> {
  const name = tidyName(typed.name)
  const email = parseEmail(typed.email)
  const problems: [field: string, problem: FieldProblem | null][] = [
    ['name', nameProblem(name)],
    ['email', email === null ? 'emailInvalid' : null],
    ['password', passwordProblem(typed.password, { name, email: email ?? '' })],
  ]
  const found = problems.flatMap(([field, problem]) => (problem ? [[field, problem] as const] : []))
  if (email === null || found.length > 0) return invalid(Object.fromEntries(found))
  return ok({ name, email, password: typed.password })
}
