/**
 * SQLSTATE classes and codes whose messages name tables, columns and constraints, or the state of the server. In all
 * others PostgreSQL may quote values: «invalid input syntax for type uuid: "…"».
 */
const SAYS_NO_VALUES = /^(08|23|25|40|42501|42703|42883|42P01|42P07|53|54|55|57|58)/
const SQLSTATE = /^[0-9A-Z]{5}$/
/** What PostgreSQL says beside its message, of which these name nothing but our own schema. */
const OF_THE_SCHEMA = ['severity', 'schema', 'table', 'column', 'constraint', 'routine'] as const
const LONGEST = 500
/** How deep a chain of causes is told. */
const DEEPEST = 4

/**
 * What the log says of an error. Its text was made by libraries, which quote what they were given: rows, parameters,
 * addresses, the beginning of a text that is no JSON. What is in quotes goes, and so does what PostgreSQL adds in
 * `detail`, `where`, `hint` and `internalQuery`. The stack keeps where, and drops what.
 */
export function describeError(error: unknown, depth = 0): Record<string, unknown> {
  if (!(error instanceof Error)) return { type: typeof error }
  const code = 'code' in error ? error.code : undefined
  return {
    type: error.name.slice(0, 100),
    message: sayingOf(error, code),
    ...(typeof code === 'string' || typeof code === 'number' ? { code: String(code).slice(0, 100) } : {}),
    ...(isOfPostgres(error, code) ? schemaOf(error) : {}),
    stack: placesOf(error),
    ...(error.cause === undefined || depth === DEEPEST
      ? {}
      : { cause: describeError(error.cause, depth + 1) }),
  }
}

const isOfPostgres = (error: Error, code: unknown): boolean =>
  typeof code === 'string' && SQLSTATE.test(code) && 'severity' in error

const schemaOf = (error: Error) =>
  Object.fromEntries(
    OF_THE_SCHEMA.flatMap((name) => {
      const value: unknown = Reflect.get(error, name)
      return typeof value === 'string' ? [[name, value]] : []
    }),
  )

function sayingOf(error: Error, code: unknown): string {
  if (isOfPostgres(error, code)) return SAYS_NO_VALUES.test(String(code)) ? error.message : `SQLSTATE ${code}`
  // Drizzle’s: the statement, and in the next line what it was given.
  if (error.message.startsWith('Failed query:'))
    return withoutLiterals(error.message.split('\nparams:')[0] ?? '')
  // zod’s is JSON of all that it was given a name for.
  if ('issues' in error && Array.isArray(error.issues)) return codesOf(error.issues)
  return withoutQuotes(error.message)
}

const withoutLiterals = (statement: string): string =>
  statement.replace(/'(?:[^']|'')*'/g, "'…'").slice(0, LONGEST)

const codesOf = (issues: readonly unknown[]): string => {
  const codes = issues.map((issue) => (issue instanceof Object && 'code' in issue ? String(issue.code) : '?'))
  return [...new Set(codes)].join(', ').slice(0, LONGEST)
}

/** From the first quote to the last: what stands between them may hold quotes of its own. */
function withoutQuotes(text: string): string {
  const first = text.search(/["«“`]/)
  const last = Math.max(...['"', '»', '”', '`'].map((quote) => text.lastIndexOf(quote)))
  const rest = last > first ? text.slice(last + 1) : ''
  const open = first === -1 ? text : `${text.slice(0, first)}"…"${rest}`
  const bare = open.replace(/\S+@\S+/g, '…@…').replace(/\bhttps?:\/\/\S+/g, 'http…')
  return bare.split('\n')[0]?.slice(0, LONGEST) ?? ''
}

/** What follows the message, which may have lines that look like places. */
function placesOf({ message, stack = '' }: Error): string {
  const places = message === '' ? stack : stack.slice(stack.indexOf(message) + message.length)
  const lines = places.split('\n').filter((line) => /^\s+at /.test(line))
  return lines.slice(0, 8).join('\n')
}
