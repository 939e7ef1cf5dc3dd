/** When each of several people strikes a key: milliseconds from the start, in order. */
export type Rhythm = readonly { readonly at: number; readonly writer: number }[]

/** Characters a second of somebody in full flow, and how many of them come in one go. */
const FLOW = 9
const BURST = { least: 4, most: 14 }

/** Reproducible numbers in [0, 1): mulberry32. */
function dice(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/**
 * People write in bursts and think in between: `rate` is what each of them comes to over time. The same seed gives
 * the same keys at the same moments to every server.
 */
export function rhythmOf(writers: number, rate: number, seconds: number, seed: number): Rhythm {
  const keys: { at: number; writer: number }[] = []
  const end = seconds * 1000
  for (let writer = 0; writer < writers; writer += 1) {
    const roll = dice(seed * 100_003 + writer)
    const pace = Math.max(FLOW, rate)
    const around = (value: number) => value * (0.6 + 0.8 * roll())
    // Somewhere within a cycle of writing and thinking: nobody waits for the bench to begin.
    let at = -roll() * (BURST.most / rate) * 1000
    while (at < end) {
      const length = BURST.least + Math.floor(roll() * (BURST.most - BURST.least + 1))
      const started = at
      for (let key = 0; key < length; key += 1) {
        if (at >= 0 && at < end) keys.push({ at, writer })
        at += around(1000 / pace)
      }
      at += around(Math.max(0, (length / rate) * 1000 - (at - started)))
    }
  }
  return keys.sort((a, b) => a.at - b.at)
}
