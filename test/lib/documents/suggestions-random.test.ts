import type { ResolvedPos } from '@tiptap/pm/model'
import type { Transaction } from '@tiptap/pm/state'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { idOf, insertsOf } from '#lib/documents/draft/suggestions/reading.ts'
import {
  canonicalBody,
  canonicalOf,
  copiesOf,
  hasSuggestionsIn,
  meet,
  plainOf,
  schema,
  type WriterHere,
} from './suggesting.ts'

type Step = { readonly what: string; readonly at: number; readonly size: number; readonly letter: string }

const START = ['un deux trois', 'quatre', 'cinq six', 'sept']
const WRITING = ['type', 'type', 'erase', 'replace', 'split', 'join', 'bold', 'plain', 'paste'] as const

const stepOf = (kinds: readonly string[]) =>
  fc.record({
    what: fc.constantFrom(...kinds),
    at: fc.nat(997),
    size: fc.nat(9),
    letter: fc.constantFrom('x', 'y', ' ', 'é', 'u'),
  })

/** A position inside of a block of text. */
function place(tr: Transaction, at: number): number {
  const $pos = tr.doc.resolve(1 + (at % (tr.doc.content.size - 1)))
  return $pos.parent.isTextblock ? $pos.pos : $pos.pos - 1
}

function change(tr: Transaction, { what, at, size, letter }: Step): Transaction {
  const from = place(tr, at)
  const to = Math.max(
    from,
    place(tr, Math.min((at % (tr.doc.content.size - 1)) + size, tr.doc.content.size - 2)),
  )
  const $from = tr.doc.resolve(from)
  if (what === 'type') return tr.insertText(letter, from)
  if (what === 'erase') return from < to ? tr.delete(from, to) : tr
  if (what === 'replace') return from < to ? tr.insertText(letter, from, to) : tr
  if (what === 'split') return tr.split(from)
  if (what === 'join') return $from.index(0) > 0 ? tr.join($from.before()) : tr
  if (what === 'bold') return from < to ? tr.addMark(from, to, schema.mark('bold')) : tr
  if (what === 'plain') return from < to ? tr.removeMark(from, to, schema.marks.bold) : tr
  const block = (text: string) => schema.node('paragraph', null, schema.text(text))
  return tr.insert($from.after(), [block(`${letter}1`), block('2')])
}

const one = (): WriterHere => {
  const [writer] = copiesOf(1, ...START)
  if (!writer) throw new Error('nobody is here')
  return writer
}

describe('whatever one person suggests', () => {
  it('the canonical text stays what it was, at every moment, and rejecting all brings it back', () => {
    fc.assert(
      fc.property(fc.array(stepOf(WRITING), { maxLength: 25 }), (steps) => {
        const writer = one()
        const before = canonicalBody(writer.doc)
        for (const step of steps) {
          writer.suggest((tr) => change(tr, step))
          expect(canonicalBody(writer.doc)).toEqual(before)
        }
        writer.decide('reject')
        expect(hasSuggestionsIn(writer.node())).toBe(false)
        expect(canonicalBody(writer.doc)).toEqual(before)
        expect(plainOf(writer.doc)).toBe(canonicalOf(writer.doc))
      }),
      { numRuns: 150 },
    )
  })

  it('accepting a change gives the text that the change itself would have given', () => {
    fc.assert(
      fc.property(fc.array(stepOf(WRITING), { maxLength: 8 }), (steps) => {
        const writer = one()
        const direct = one()
        for (const step of steps) {
          writer.suggest((tr) => change(tr, step))
          writer.decide('accept')
          direct.write((tr) => change(tr, step))
          expect(plainOf(writer.doc)).toBe(plainOf(direct.doc))
          expect(hasSuggestionsIn(writer.node())).toBe(false)
        }
        expect(writer.node().eq(direct.node())).toBe(true)
      }),
      { numRuns: 150 },
    )
  })

  it('accepting a passage typed letter by letter, with breaks and corrections, gives what was typed', () => {
    fc.assert(
      fc.property(
        fc.nat(30),
        fc.array(fc.constantFrom('a', 'b', ' ', 'Enter', 'Backspace'), { maxLength: 40 }),
        (at, keys) => {
          const writer = one()
          const direct = one()
          for (const way of ['suggest', 'write'] as const) {
            const who = way === 'suggest' ? writer : direct
            const start = place(who.state().tr, at)
            who.select(start)
            let typed = 0
            for (const key of keys) {
              const { head } = who.state().selection
              if (key === 'Backspace') {
                // Only what was typed here: struck text stays in sight, and is not passed by the same keys.
                if (typed === 0) continue
                typed -= 1
                if (way === 'suggest') who.suggest((tr) => tr.delete(head - 1, head))
                else
                  who.write((tr) =>
                    tr.doc.resolve(head).parentOffset === 0 ? tr.join(head - 1) : tr.delete(head - 1, head),
                  )
              } else {
                typed += 1
                who[way]((tr) => (key === 'Enter' ? tr.split(head) : tr.insertText(key, head)))
              }
            }
          }
          writer.decide('accept')
          expect(plainOf(writer.doc)).toBe(plainOf(direct.doc))
        },
      ),
      { numRuns: 150 },
    )
  })

  it('undoing everything brings the first text back, with no mark left', () => {
    fc.assert(
      fc.property(fc.array(stepOf(WRITING), { maxLength: 12 }), (steps) => {
        const writer = one()
        const before = writer.node()
        for (const step of steps) {
          writer.pause()
          writer.suggest((tr) => change(tr, step))
        }
        for (let n = 0; n < steps.length; n += 1) writer.undo()
        expect(plainOf(writer.doc)).toBe(before.textBetween(0, before.content.size, '\n'))
        expect(hasSuggestionsIn(writer.node())).toBe(false)
      }),
      { numRuns: 100 },
    )
  })
})

/** Signs that are in no text, so that each can be found again. */
const FIRST_SIGN = 0x4e00

/** What is written between two letters of one suggestion belongs to it. */
function isInsideSuggestion({ nodeBefore, nodeAfter }: ResolvedPos): boolean {
  const [before, after] = [nodeBefore, nodeAfter].map((node) => (node ? insertsOf(node).map(idOf) : []))
  return before?.some((id) => after?.includes(id)) ?? false
}

/** What each of several people does, and when they hear of each other. */
const together = (kinds: readonly string[]) =>
  fc.array(fc.record({ who: fc.nat(2), meets: fc.nat(3), direct: fc.boolean(), step: stepOf(kinds) }), {
    maxLength: 30,
  })

describe.each([2, 3])('whatever %i people do at once', (count) => {
  const run = (
    writers: readonly WriterHere[],
    acts: readonly { who: number; meets: number; step: Step }[],
    meetsAtEnd = true,
  ) => {
    const docs = writers.map(({ doc }) => doc)
    for (const { who, meets, step } of acts) {
      const writer = writers[who % count]
      if (!writer) continue
      if (step.what === 'accept' || step.what === 'reject') writer.decide(step.what)
      else if (step.what === 'undo') writer.undo()
      else writer.suggest((tr) => change(tr, step))
      if (meets === 0) meet(...docs)
    }
    if (meetsAtEnd) meet(...docs)
  }
  const sameEverywhere = (writers: readonly WriterHere[]) => {
    const [first] = writers
    for (const { doc, node } of writers) {
      expect(node().toString()).toBe(first?.node().toString())
      expect(canonicalBody(doc)).toEqual(first && canonicalBody(first.doc))
    }
  }

  it('suggesting never changes the canonical text, and rejecting all brings it back', () => {
    fc.assert(
      fc.property(together(WRITING), (acts) => {
        const writers = copiesOf(count, ...START)
        run(writers, acts)
        sameEverywhere(writers)
        for (const { doc } of writers) expect(canonicalOf(doc)).toBe(START.join('\n'))
        writers[0]?.decide('reject')
        meet(...writers.map(({ doc }) => doc))
        for (const { doc, node } of writers) {
          expect(plainOf(doc)).toBe(START.join('\n'))
          expect(hasSuggestionsIn(node())).toBe(false)
        }
      }),
      { numRuns: 150 },
    )
  })

  it('rejecting and undoing at any moment never let anything into the canonical text', () => {
    fc.assert(
      fc.property(together([...WRITING, 'reject', 'undo']), (acts) => {
        const writers = copiesOf(count, ...START)
        run(writers, acts)
        sameEverywhere(writers)
        for (const { doc } of writers) expect(canonicalOf(doc)).toBe(START.join('\n'))
      }),
      { numRuns: 150 },
    )
  })

  it('rejecting suggestions takes away nothing that somebody wrote outside of them', () => {
    fc.assert(
      fc.property(together(['type', 'erase', 'replace', 'split', 'join', 'reject', 'write']), (acts) => {
        const writers = copiesOf(count, ...START)
        const written = new Set<string>()
        for (const [index, act] of acts.entries()) {
          const writer = writers[act.who % count]
          if (act.step.what === 'write' && writer) {
            const sign = String.fromCharCode(FIRST_SIGN + index)
            let isInside = false
            writer.write((tr) => {
              const pos = place(tr, act.step.at)
              isInside = isInsideSuggestion(tr.doc.resolve(pos))
              return tr.insertText(sign, pos)
            })
            if (!isInside) written.add(sign)
            if (act.meets === 0) meet(...writers.map(({ doc }) => doc))
          } else run(writers, [act], act.meets === 0)
        }
        meet(...writers.map(({ doc }) => doc))
        sameEverywhere(writers)
        const text = writers[0] ? canonicalOf(writers[0].doc) : ''
        for (const sign of written) expect(text).toContain(sign)
        expect(text.replace(/[\u4e00-\u9fff]/g, '')).toBe(START.join('\n'))
      }),
      { numRuns: 150 },
    )
  })

  it('deciding in any order ends in one text for all, and one who then decides on the rest leaves no mark', () => {
    fc.assert(
      fc.property(together([...WRITING, 'accept', 'reject', 'undo']), (acts) => {
        const writers = copiesOf(count, ...START)
        run(writers, acts)
        sameEverywhere(writers)
        writers[0]?.decide('accept')
        meet(...writers.map(({ doc }) => doc))
        sameEverywhere(writers)
        for (const { node } of writers) expect(hasSuggestionsIn(node())).toBe(false)
      }),
      { numRuns: 150 },
    )
  })

  it('seed 5: undoing while others decide leaves every editor with the shared text', () => {
    const writers = copiesOf(count, ...START)
    const step = (what: string, at = 0, size = 0) => ({ what, at, size, letter: 'x' })
    run(writers, [
      { who: 0, meets: 0, step: step('paste') },
      { who: 0, meets: 0, step: step('type') },
      { who: 0, meets: 0, step: step('type') },
      { who: 0, meets: 1, step: step('undo') },
      { who: 1, meets: 1, step: step('type', 535) },
      { who: 1, meets: 0, step: step('bold', 9, 7) },
    ])
    writers[0]?.decide('accept')
    meet(...writers.map(({ doc }) => doc))
    sameEverywhere(writers)
  })
})
