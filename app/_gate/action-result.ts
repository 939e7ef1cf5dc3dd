/**
 * What a server action answers. `error` and the values of `fields` are short keys, which pages put into words.
 */
export type ActionResult<T, E extends string = never> =
  | { readonly ok: true; readonly value: T }
  | {
      readonly ok: false
      readonly error: E | GateError
      readonly fields?: Readonly<Record<string, string>>
      /** With `unexpected`: what to quote to whoever reads the server's log. */
      readonly reference?: string
    }

/**
 * Failures any action may have: `invalid` (see `fields`), `signedOut`, `unexpected` (a fault of ours or of the
 * machine, logged under `reference`).
 */
type GateError = 'invalid' | 'signedOut' | 'unexpected'
