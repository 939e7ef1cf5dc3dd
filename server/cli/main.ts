import { loadConfig, loadTerminal } from '#server/config.ts'
import type { Command, Outcome } from './command.ts'
import { COMMANDS } from './commands.ts'
import { parseTyped } from './parse.ts'
import { printable } from './printing.ts'
import { usageOf, usageOfAll } from './usage.ts'
import { wordsIn } from './words.ts'

/**
 * `pupitre`: what the person who holds the machine does with the newsroom. Exit codes: 0 done, 1 not or not all
 * done, 2 not understood. With `--json`, standard output is exactly one JSON value, also where nothing was done.
 */

const terminal = loadTerminal()
const words = wordsIn(terminal.locale)
const interruption = new AbortController()

/** Shows what a command ended with. @returns the exit code */
function show(outcome: Outcome, json: boolean, usage: string): number {
  const answer = outcome.aside ? console.error : console.log
  if (outcome.kind === 'done') {
    for (const remark of outcome.remarks ?? []) console.error(remark)
    answer(json ? JSON.stringify(outcome.json) : outcome.text)
    return outcome.clean ? 0 : 1
  }
  console.error(outcome.message)
  if (outcome.kind === 'usage') console.error(`\n${usage}`)
  if (json) answer(JSON.stringify({ error: outcome.message }))
  return outcome.kind === 'usage' ? 2 : 1
}

/** The command whose name opens what was typed, and what follows the name. */
function findCommand(typed: readonly string[]): { command: Command; rest: readonly string[] } | null {
  for (const command of COMMANDS) {
    const parts = command.name.split(' ')
    if (parts.every((part, at) => typed[at] === part)) return { command, rest: typed.slice(parts.length) }
  }
  return null
}

async function run(typed: readonly string[]): Promise<number> {
  const json = typed.includes('--json')
  // `pupitre --json draft list` is as good as `pupitre draft list --json`.
  const leading = typed[0] === '--json' ? [...typed.slice(1), '--json'] : typed
  const found = findCommand(leading)
  if (!found) {
    const named = leading.filter((part) => !part.startsWith('-'))
    const group = COMMANDS.filter(({ name }) => name.startsWith(`${named[0]} `))
    const usage = usageOfAll(group.length > 0 ? group : COMMANDS, words)
    const asksHelp = leading.some((part) => ['--help', '-h'].includes(part)) || named[0] === 'help'
    if (asksHelp && !json) return show({ kind: 'done', clean: true, json: null, text: usage }, json, usage)
    const message = named.length === 0 ? '' : words.unknownCommand(printable(named.join(' ')))
    return show({ kind: 'usage', message }, json, usage)
  }
  const { command, rest } = found
  const usage = usageOf(command, words)
  const parsed = parseTyped(command, rest, words)
  if (!parsed.ok) return show({ kind: 'usage', message: parsed.error }, json, usage)
  if (parsed.value.help) return show({ kind: 'done', clean: true, json: { usage }, text: usage }, json, usage)
  const { positionals, options } = parsed.value
  const config = loadConfig('production')
  const { json: isJson } = parsed.value
  const { signal: interrupted } = interruption
  const context = { config, terminal, words, positionals, options, interrupted, json: isJson }
  return show(await command.run(context), isJson, usage)
}

// Once: what is under way ends, and the database is left in order. A second time, the system ends us.
process.once('SIGINT', () => interruption.abort())
process.once('SIGTERM', () => interruption.abort())
// Whoever reads our answer may stop reading: `pupitre draft list | head`.
process.stdout.on('error', () => process.exit(0))

process.exitCode = await run(process.argv.slice(2)).catch((error: unknown) => {
  const message = error instanceof Error ? (error.message.split('\nparams:')[0] ?? '') : String(error)
  return show({ kind: 'failed', message: words.unexpected(message) }, process.argv.includes('--json'), '')
})
