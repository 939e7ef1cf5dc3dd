import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anchorOf, locate, locateAll } from '#lib/documents/draft/anchor.ts'
import {
  ACTS,
  type Act,
  type Anchored,
  act,
  anchoredAt,
  bringTo,
  copyOf,
  draftOf,
  type Editor,
  openEditor,
  placeOf,
  shown,
  wrongness,
} from './anchor-world.ts'

const step = fc.record({
  who: fc.nat(2),
  act: fc.record({
    what: fc.constantFrom(...ACTS),
    at: fc.nat(6),
    within: fc.nat(40),
    length: fc.nat(12),
  }),
  /** Whose edits arrive at whom afterwards; nobody’s where they are the same. */
  from: fc.nat(2),
  to: fc.nat(2),
  anchored: fc.option(fc.record({ from: fc.nat(80), length: fc.integer({ min: 1, max: 30 }) }), {
    nil: null,
  }),
})
type Step = {
  readonly who: number
  readonly act: Act
  readonly from: number
  readonly to: number
  readonly anchored: { readonly from: number; readonly length: number } | null
}

/** Three people write at once, with anchors made on the way; each looks for all of them after each step. */
function play(paragraphs: readonly string[], steps: readonly Step[]): void {
  const first = draftOf(...paragraphs)
  const editors = [first, copyOf(first), copyOf(first)].map(openEditor)
  const made: Anchored[] = []
  for (const [number, { who, act: what, from, to, anchored }] of steps.entries()) {
    const [editor, sender, receiver] = [editors[who], editors[from], editors[to]]
    if (!editor || !sender || !receiver) throw new Error('there are three')
    const passage = anchored && anchoredAt(editor, anchored.from, anchored.from + anchored.length)
    if (passage) made.push(passage)
    act(editor, what)
    if (from !== to) bringTo(receiver.doc, sender.doc)
    for (const [reader, one] of editors.entries()) check(one, made, `reader ${reader} after step ${number}`)
  }
}

function check(editor: Editor, made: readonly Anchored[], when: string): void {
  const located = locateAll(
    editor.doc,
    made.map(({ anchor }) => anchor),
  )
  for (const [n, passage] of made.entries()) {
    const at = located[n]
    if (!at) throw new Error('one each')
    expect(wrongness(editor, passage, at), when).toBe(null)
  }
}

const paragraphs = fc.array(
  fc
    .array(fc.constantFrom('le chat', 'dort', 'oui', ',', ' ', ' ', 'la nuit', '🎉', 'é'), { maxLength: 12 })
    .map((words) => words.join('')),
  { minLength: 1, maxLength: 4 },
)

describe('an anchored passage', () => {
  it('is itself, or what is left of it with what was typed between, or orphaned, whatever people do', () => {
    fc.assert(fc.property(paragraphs, fc.array(step, { minLength: 5, maxLength: 40 }), play), {
      numRuns: 250,
      seed: 20_261_122,
    })
  }, 120_000)
})

const TEXT = [
  'Le conseil siège mardi.',
  'On vote le budget des rives, puis on mange.',
  'La salle est ouverte.',
] as const

function anchoredIn(words: string, ...text: readonly string[]) {
  const editor = openEditor(draftOf(...text))
  const { from, to } = placeOf(editor, words)
  const anchor = anchorOf(editor.doc, from, to)
  if (!anchor) throw new Error('there is something to read')
  const now = () => locate(editor.doc, anchor)
  const says = () => ({ state: now().state, text: shown(editor, now()) })
  const { view } = editor
  const edit = (change: (tr: typeof view.state.tr) => unknown) => {
    const { tr } = view.state
    change(tr)
    view.dispatch(tr)
  }
  return { editor, anchor, now, says, edit, at: () => placeOf(editor, words), view }
}

describe('a passage that is still there', () => {
  it('is exact wherever text before it pushes it', () => {
    const { says, edit } = anchoredIn('le budget', ...TEXT)
    edit((tr) => tr.insertText('Bonjour ! ', 1))
    expect(says()).toEqual({ state: 'exact', text: 'le budget' })
  })

  it('does not take in what is typed right at its ends', () => {
    const { says, edit, at } = anchoredIn('le budget', ...TEXT)
    edit((tr) => tr.insertText(' entier', at().to))
    edit((tr) => tr.insertText('donc ', at().from))
    expect(says()).toEqual({ state: 'exact', text: 'le budget' })
  })

  it('is changed where a word was put into it, and exact again when that is taken out', () => {
    const { says, edit, at } = anchoredIn('le budget', ...TEXT)
    const { from } = at()
    edit((tr) => tr.insertText('grand ', from + 3))
    expect(says()).toEqual({ state: 'changed', text: 'le grand budget' })
    edit((tr) => tr.delete(from + 3, from + 9))
    expect(says()).toEqual({ state: 'exact', text: 'le budget' })
  })

  it('is changed where its end was taken out, and whole again when somebody types that again', () => {
    const { says, edit, at } = anchoredIn('le budget', ...TEXT)
    const { to } = at()
    edit((tr) => tr.delete(to - 3, to))
    expect(says()).toEqual({ state: 'changed', text: 'le bud' })
    edit((tr) => tr.insertText('get', to - 3))
    expect(says()).toEqual({ state: 'exact', text: 'le budget' })
  })

  it('keeps both halves where Enter is pressed within it, and is exact after they are joined', () => {
    const { says, edit, at } = anchoredIn('le budget des rives', ...TEXT)
    const { from } = at()
    edit((tr) => tr.split(from + 10))
    expect(says()).toEqual({ state: 'changed', text: 'le budget \ndes rives' })
    edit((tr) => tr.join(from + 11))
    expect(says().text).toBe('le budget des rives')
    expect(says().state).not.toBe('changed')
  })

  it('may go over several blocks and lines', () => {
    const { doc } = openEditor(draftOf('Un', 'Deux', 'Trois'))
    expect(anchorOf(doc, 2, 12)).toMatchObject({ quote: 'n\nDeux\nT', before: 'U', after: 'rois' })
  })
})
