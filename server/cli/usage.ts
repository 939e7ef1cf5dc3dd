import type { Command } from './command.ts'
import type { Words } from './words.ts'

const CALL = 'npm run --silent pupitre --'

function synopsis({ name, operands, options }: Command): string {
  const shown = Object.entries(options).map(([option, { value, required }]) => {
    const text = value ? `--${option} ${value}` : `--${option}`
    return required ? text : `[${text}]`
  })
  return [name, operands, ...shown, '[--json]'].filter(Boolean).join(' ')
}

/** How one command is called, and what it does. */
export const usageOf = (command: Command, words: Words): string =>
  [`${words.usage}\u00a0: ${CALL} ${synopsis(command)}`, '', words.about[command.name]].join('\n')

/** All commands, one a line. */
export function usageOfAll(commands: readonly Command[], words: Words): string {
  const lines = commands.flatMap((command) => [
    `  ${synopsis(command)}`,
    `      ${words.about[command.name]}`,
  ])
  return [`${words.usage}\u00a0: ${CALL} <${words.command}>`, '', ...lines, '', words.jsonHint].join('\n')
}
