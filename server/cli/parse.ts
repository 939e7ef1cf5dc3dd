import { parseArgs } from 'node:util'
import { fail, ok, type Result } from '#lib/domain/result.ts'
import type { Command, Context } from './command.ts'
import type { Words } from './words.ts'

export type Typed = Pick<Context, 'positionals' | 'options'> & {
  readonly json: boolean
  readonly help: boolean
}

/** Reads what follows the name of a command. @returns a sentence where it cannot be what was meant. */
export function parseTyped(command: Command, typed: readonly string[], words: Words): Result<Typed, string> {
  const known = Object.entries(command.options).map(([name, { value }]) => [
    name,
    { type: value ? ('string' as const) : ('boolean' as const) },
  ])
  const { tokens, values, positionals } = parseArgs({
    args: [...typed],
    options: {
      ...Object.fromEntries(known),
      json: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
    strict: false,
    allowPositionals: true,
    tokens: true,
  })
  const { json = false, help = false, ...options } = values
  const result = { positionals, options, json: json === true, help: help === true }
  if (result.help) return ok(result)
  for (const token of tokens) {
    if (token.kind !== 'option') continue
    const isSwitch = token.name === 'json' || !command.options[token.name]?.value
    if (token.name !== 'json' && !command.options[token.name]) return fail(words.unknownOption(token.rawName))
    if (isSwitch && token.value !== undefined) return fail(words.takesNoValue(token.rawName))
    // `--title --json` forgot the title: what looks like an option is none.
    const isMissing = token.value === undefined || (!token.inlineValue && token.value.startsWith('--'))
    if (!isSwitch && isMissing) return fail(words.needsValue(token.rawName))
  }
  const [least, most] = command.count
  if (positionals.length < least) return fail(words.missingOperand(command.operands))
  if (positionals.length > most) return fail(words.unknownOperand(positionals[most] ?? ''))
  const absent = Object.entries(command.options).find(([name, { required }]) => required && !options[name])
  return absent ? fail(words.missingOption(`--${absent[0]}`)) : ok(result)
}
