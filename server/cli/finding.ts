/** One thing that `doctor` looked at. A warning can wait; a problem keeps people from their work or loses it. */
export type Finding = {
  /** A stable key for programs. */
  readonly check: string
  readonly level: 'ok' | 'warning' | 'problem'
  readonly message: string
  readonly advice: string | null
}

export const good = (check: string, message: string): Finding => ({
  check,
  level: 'ok',
  message,
  advice: null,
})
export const warning = (check: string, message: string, advice: string): Finding => ({
  check,
  level: 'warning',
  message,
  advice,
})
export const problem = (check: string, message: string, advice: string): Finding => ({
  check,
  level: 'problem',
  message,
  advice,
})
