import pino, { type Logger } from 'pino'
import type { Config } from './config.ts'

export type { Logger } from 'pino'

/**
 * The one log of the process: JSON lines on standard output.
 * Invariant: it never holds what people wrote, their names or their e-mail addresses; ids are enough.
 */
export function createLog(config: Pick<Config, 'logLevel'>): Logger {
  return pino({
    level: config.logLevel,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: describeError },
  })
}

/** PostgreSQL puts values of the row into `detail`, and Drizzle the parameters into its message: both stay out. */
function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { type: typeof error }
  const code = 'code' in error ? error.code : undefined
  return {
    type: error.name,
    message: error.message.split('\nparams:')[0],
    ...(code === undefined ? {} : { code }),
    stack: error.stack
      ?.split('\n')
      .filter((line) => /^\s+at /.test(line))
      .slice(0, 8)
      .join('\n'),
    ...(error.cause === undefined ? {} : { cause: describeError(error.cause) }),
  }
}
