import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'

/** One act at a keyboard: where, how many characters go, what comes instead. */
export type Patch = readonly [at: number, removed: number, added: string]

export type Trace = { readonly patches: readonly Patch[]; readonly source: string }

const PAPER = join(import.meta.dirname, '../../../shared/traces/automerge-paper.json.gz')
const MADE_UP = 260_000

let loaded: Trace | null = null

/** 260,000 acts: the writing of a paper where the recording is at hand, typing made up where it is not. */
export function paper(): Trace {
  loaded ??= existsSync(PAPER) ? recorded() : { patches: madeUp(), source: 'generated typing' }
  return loaded
}

type Recorded = { readonly txns: readonly { readonly patches: readonly [number, number, string][] }[] }

function recorded(): Trace {
  const trace = JSON.parse(gunzipSync(readFileSync(PAPER)).toString()) as Recorded
  return { patches: trace.txns.flatMap(({ patches }) => patches), source: 'automerge-paper' }
}

function madeUp(): Patch[] {
  const patches: Patch[] = []
  let length = 0
  for (let n = 0; n < MADE_UP; n += 1) {
    if (n % 10 < 7 || length < 40) {
      patches.push([n % 50 === 0 ? Math.floor(length / 2) : length, 0, 'e'])
      length += 1
    } else {
      patches.push([length - 1 - (n % 30), 1, ''])
      length -= 1
    }
  }
  return patches
}

/**
 * Single characters as somebody typed and took them away, from the `start`-th on, moved so that they fit a text that
 * begins empty. Ends never: it begins anew.
 */
export function* keystrokes(start: number): Generator<Patch, never> {
  const { patches } = paper()
  const origin = patches[start % patches.length]?.[0] ?? 0
  let length = 0
  for (let n = start; ; n += 1) {
    const [at, removed, added] = patches[n % patches.length] ?? [0, 0, 'e']
    const place = Math.max(0, Math.min(length, at - origin))
    if (added !== '') {
      yield [place, 0, added.charAt(0) === '\n' ? ' ' : added.charAt(0)]
      length += 1
    } else if (removed > 0 && length > 0) {
      yield [Math.min(place, length - 1), 1, '']
      length -= 1
    }
  }
}
