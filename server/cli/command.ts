import type { Result } from '#lib/domain/result.ts'
import type { Config, Terminal } from '#server/config.ts'
import type { CommandName, Words } from './words.ts'

/** One option: `value` names what follows it in the usage; without one it is a switch. */
type Option = { readonly value?: string; readonly required?: boolean }

export type Context = {
  /** Or the sentences that name the settings that cannot be used. */
  readonly config: Result<Config, readonly string[]>
  readonly terminal: Terminal
  readonly words: Words
  /** What was typed after the name of the command; an option that was left out is undefined. */
  readonly positionals: readonly string[]
  readonly options: Readonly<Record<string, string | boolean | undefined>>
  /** Aborted when the operator interrupts: finish what is under way, begin nothing more. */
  readonly interrupted: AbortSignal
  /** A program reads the answer: nothing is shown but that. */
  readonly json: boolean
}

/**
 * What a command ends with. `usage` is a mistake in what was typed (exit code 2), `failed` anything else that kept
 * it from its work (1). Where it did its work, `clean` tells whether all of it went well (0) or not (1).
 */
export type Outcome = (
  | { readonly kind: 'usage'; readonly message: string }
  | { readonly kind: 'failed'; readonly message: string }
  | {
      readonly kind: 'done'
      readonly clean: boolean
      readonly json: unknown
      /** For people, on standard output; without a line feed at its end. */
      readonly text: string
      /** For people, on standard error. */
      readonly remarks?: readonly string[]
    }
) & {
  /** Standard output was for what the command made: how it ended goes to standard error. */
  readonly aside?: boolean
}

export const usage = (message: string): Outcome => ({ kind: 'usage', message })
export const failed = (message: string): Outcome => ({ kind: 'failed', message })
export const done = (json: unknown, text: string): Outcome => ({ kind: 'done', clean: true, json, text })

export type Command = {
  readonly name: CommandName
  /** What follows the name, as the usage shows it; '' for nothing. */
  readonly operands: string
  /** How many operands it takes, at least and at most. */
  readonly count: readonly [least: number, most: number]
  readonly options: Readonly<Record<string, Option>>
  run(context: Context): Promise<Outcome>
}
