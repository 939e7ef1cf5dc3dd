import type { EditorState, Transaction } from '@tiptap/pm/state'
import { TextSelection } from '@tiptap/pm/state'
import { type Edits, editsOf, type Replacement } from './edits.ts'
import { proposeFormat } from './formatting.ts'
import { Pen, type Writer } from './pen.ts'
import { firstTextBehind, lastTextBefore, portionsIn } from './reading.ts'

/**
 * The same transaction as a proposal: what it writes is marked as inserted, what it takes away as deleted, and what it
 * does to paragraphs is held by signs in the text. The canonical text of the result is that of the state.
 * @returns null where it does what cannot be proposed: another kind of block, another nesting.
 */
export function asSuggestion(
  transaction: Transaction,
  state: EditorState,
  writer: Writer,
): Transaction | null {
  if (!transaction.docChanged) return transaction
  const edits = editsOf(transaction)
  if (!edits) return null
  const out = state.tr
  const pen = new Pen(out, writer)
  const caret = write(pen, edits, transaction, state)
  if (caret !== null) out.setSelection(TextSelection.near(out.doc.resolve(caret), -1))
  return keepNotes(transaction, out)
}

/** @returns where the caret belongs afterwards; null: where it is. */
function write(pen: Pen, edits: Edits, transaction: Transaction, state: EditorState): number | null {
  for (const one of edits.formattings) proposeFormat(pen, one)
  let caret: (() => number) | null = null
  for (const one of edits.replacements) caret = replace(pen, one, transaction, state) ?? caret
  return caret ? caret() : null
}

function replace(pen: Pen, one: Replacement, transaction: Transaction, state: EditorState) {
  const { doc } = state
  const range = inBlocks(one, transaction, state)
  if (!range) return null
  const { from, to, lines } = range
  const { out } = pen
  const id = pen.idAt(doc, from, to)
  const portions = portionsIn(doc, from, to)
  for (const [at, portion] of portions.entries()) {
    pen.strike(portion, id)
    if (at < portions.length - 1) pen.sign(portion.start + portion.block.content.size, 'join', id)
  }
  const empty = lines.length === 1 && lines[0]?.length === 0
  if (!empty) {
    const end = pen.insert(to, lines, id)
    return () => end
  }
  const { empty: isCaret, head } = state.selection
  // Delete goes on behind what it struck, Backspace in front of it.
  const forward = !isCaret || head <= from
  return () => (forward ? out.mapping.map(to, 1) : out.mapping.map(from, -1))
}

/** The range between positions in blocks of text, and the new text as lines, one for each of its blocks. */
function inBlocks(one: Replacement, { doc: after }: Transaction, { doc }: EditorState) {
  const lines = portionsIn(after, one.newFrom, one.newTo).map(({ start, block, from, to }) => {
    const nodes: (typeof block)[] = []
    block.content.cut(from - start, to - start).forEach((node) => {
      nodes.push(node)
    })
    return nodes
  })
  const { from, to } = one
  const whole = !doc.resolve(from).parent.isTextblock
  const portions = portionsIn(doc, from, to)
  const first = portions[0]
  const last = portions.at(-1)
  if (!whole && first && last) return { from, to: last.to, lines: lines.length > 0 ? lines : [[]] }
  const before = lastTextBefore(doc, first ? first.start - 1 : from)
  const behind = firstTextBehind(doc, last ? last.start + last.block.content.size + 1 : to)
  if (first && last) {
    if (lines.length > 0) return { from: first.from, to: last.to, lines }
    // Whole blocks go: what is before them would end where they ended, or what is behind begin where they began.
    if (before !== null) return { from: before, to: last.to, lines: [[]] }
    return behind === null
      ? { from: first.from, to: last.to, lines: [[]] }
      : { from: first.from, to: behind, lines: [[]] }
  }
  if (lines.length === 0) return null
  if (before !== null) return { from: before, to: before, lines: [[], ...lines] }
  return behind === null ? null : { from: behind, to: behind, lines: [...lines, []] }
}

/** What other parts of the editor noted on the transaction is true of the proposal as well. */
function keepNotes(transaction: Transaction, out: Transaction): Transaction {
  const notes: unknown = Reflect.get(transaction, 'meta')
  for (const [key, note] of Object.entries(notes ?? {})) out.setMeta(key, note)
  return transaction.scrolledIntoView ? out.scrollIntoView() : out
}
