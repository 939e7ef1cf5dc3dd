import pino, { type DestinationStream, type Logger } from 'pino'
import type { Config } from './config.ts'
import { describeError } from './log-errors.ts'

export type { Logger } from 'pino'

/**
 * The one log of the process: JSON lines on standard output.
 * Invariant: it never holds what people wrote, their names or their e-mail addresses; ids are enough.
 * @param to somewhere else than standard output: for tests
 */
export function createLog(config: Pick<Config, 'logLevel'>, to?: DestinationStream): Logger {
  const options = {
    level: config.logLevel,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    // `err` is where errors are told; `error` is where somebody might put one by mistake.
    serializers: { err: describeError, error: describeError },
  }
  return to ? pino(options, to) : pino(options)
}
