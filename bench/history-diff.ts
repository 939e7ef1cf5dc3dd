/**
 * Two texts of 20,000 words compared, as the page’s worker does it.
 * `node bench/history-diff.ts` (seconds). Prints Markdown; see bench/README.md.
 */
import { performance } from 'node:perf_hooks'
import type { DraftText } from '#lib/domain/body.ts'
import { diffTexts } from '../lib/domain/history/diff.ts'
import { figure, median, percentile, row } from './statistics.ts'

const ROUNDS = 15
const WORDS = 20_000

/** The same numbers in every run. */
function numbers(seed: number) {
  let state = seed
  return (below: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

const next = numbers(7)
const vocabulary = Array.from({ length: 3000 }, (_, at) => `mot${at}`)
const word = () => vocabulary[next(next(2) === 0 ? 100 : vocabulary.length)] ?? ''
const sentence = () => `${Array.from({ length: 8 + next(14) }, word).join(' ')}. `
const asText = (paragraphs: readonly string[]): DraftText => ({
  title: 'Vingt mille mots',
  body: paragraphs.map((text) => ({ type: 'paragraph', content: [{ type: 'text', text }] })),
})

function paragraphsOf(words: number, length: number): string[] {
  const paragraphs: string[] = []
  for (let count = 0; count < words; ) {
    let text = ''
    while (text.split(' ').length < length) text += sentence()
    count += text.split(' ').length
    paragraphs.push(text)
  }
  return paragraphs
}

const rewrite = (text: string, share: number) =>
  text.replace(/\S+/g, (one) => (next(1000) < share * 1000 ? word() : one))

const base = paragraphsOf(WORDS, 60)
const one = paragraphsOf(WORDS, WORDS)
const moved = base.toSorted(() => next(3) - 1)
const cases: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  ['one word', base, base.with(100, `${base[100]} fin`)],
  ['one word in twenty, everywhere', base, base.map((text) => rewrite(text, 0.05))],
  ['half of the words, everywhere', base, base.map((text) => rewrite(text, 0.5))],
  ['paragraphs in another order', base, moved],
  ['nothing in common', base, paragraphsOf(WORDS, 60)],
  ['one paragraph of 20,000 words, one in twenty', one, one.map((text) => rewrite(text, 0.05))],
]

console.log(row(['two texts of 20,000 words', 'ms p50', 'ms p95']))
console.log(row(['---', '--:', '--:']))
for (const [what, before, after] of cases) {
  const times: number[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    const from = performance.now()
    diffTexts(asText(before), asText(after))
    times.push(performance.now() - from)
  }
  console.log(row([what, figure(median(times)), figure(percentile(times, 0.95))]))
}
