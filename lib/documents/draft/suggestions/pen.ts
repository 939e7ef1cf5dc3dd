import { Fragment, type Mark, type Node } from '@tiptap/pm/model'
import type { Transaction } from '@tiptap/pm/state'
import { BREAK_SIGNS, type Break, DELETE, FORMAT, type FormatAttrs, INSERT } from './proposal.ts'
import {
  breakOf,
  deletesOf,
  formatsOf,
  idOf,
  insertsOf,
  isSuggestion,
  marksNamed,
  type Portion,
  portionsIn,
  runsIn,
} from './reading.ts'

/** Whose suggestions are written, and under which ids. */
export type Writer = {
  /** It was made by the person who writes: they take back what they had only proposed. */
  isMine(id: string): boolean
  /** It is young enough for what is written next to it to belong to it. Only of suggestions made here. */
  goesOn(id: string): boolean
  makeId(): string
  /** A number that none of this writer’s steps has had. */
  makePart(): number
}

/** New text: lines, with a break between two. */
type Lines = readonly (readonly Node[])[]

/** In so many parts a stretch may lie before it is marked anew as one. */
const MOST_PARTS = 8

/** Writes proposals into a transaction. Positions are those of the text before it, unless said otherwise. */
export class Pen {
  readonly out: Transaction
  readonly writer: Writer

  constructor(out: Transaction, writer: Writer) {
    this.out = out
    this.writer = writer
  }

  /** That of one’s own suggestion which the range touches, or a new one. */
  idAt(doc: Node, from: number, to: number): string {
    const near: Node[] = []
    for (const portion of portionsIn(doc, from, to)) for (const { node } of runsIn(portion)) near.push(node)
    for (const node of [doc.resolve(from).nodeBefore, doc.resolve(to).nodeAfter]) if (node) near.push(node)
    const ids = near.flatMap((node) => [...insertsOf(node), ...deletesOf(node)].map(idOf))
    return ids.find((id) => this.writer.goesOn(id)) ?? this.writer.makeId()
  }

  isMyInsertion = (node: Node): boolean => insertsOf(node).some((mark) => this.writer.isMine(idOf(mark)))

  /** Proposes that a stretch goes. What one had only proposed oneself goes at once. */
  strike(portion: Portion, id: string): void {
    const { out } = this
    const mark = out.doc.type.schema.mark(DELETE, { id, part: this.writer.makePart() })
    for (const { node, from, to } of runsIn(portion)) {
      if (!node.isText) this.#strikeBreak(portion, from, id)
      else if (this.isMyInsertion(node)) out.delete(out.mapping.map(from, 1), out.mapping.map(to, -1))
      else if (deletesOf(node).length === 0)
        out.addMark(out.mapping.map(from, 1), out.mapping.map(to, -1), mark)
    }
    this.#tidy(out.mapping.map(portion.from, -1), DELETE, id)
  }

  #strikeBreak({ block, start }: Portion, at: number, id: string): void {
    const before = block.childBefore(at - start).node
    const isSigned = before && insertsOf(before).some((mark) => breakOf(mark) === 'unline')
    if (!isSigned) this.sign(at, 'unline', id)
  }

  /** Puts the sign of a break where one is proposed; one of a kind is enough. */
  sign(pos: number, kind: Break, id: string): void {
    const { out } = this
    const at = out.mapping.map(pos, 1)
    const before = out.doc.resolve(at).nodeBefore
    if (before && kind === 'join' && insertsOf(before).some((mark) => breakOf(mark) === 'join')) return
    out.insert(at, this.#sign(kind, id, []))
  }

  #sign(kind: Break, id: string, around: readonly Mark[]): Node {
    const { schema } = this.out.doc.type
    const own = schema.mark(INSERT, { id, part: this.writer.makePart(), kind })
    return schema.text(BREAK_SIGNS[kind], own.addToSet(around))
  }

  /**
   * Proposes lines of new text, with breaks between them.
   * @returns the position behind them, in the text as it then is.
   */
  insert(pos: number, lines: Lines, id: string): number {
    const { out } = this
    const at = this.#outsideOfStruck(out.mapping.map(pos, 1))
    const around = this.#around(at)
    const part = this.writer.makePart()
    const nodes = lines.flatMap((line, index) => [
      ...(index > 0 ? [this.#sign('split', id, around)] : []),
      ...line.flatMap((node) => this.#fresh(node, id, part, around)),
    ])
    out.insert(at, Fragment.from(nodes))
    const end = at + nodes.reduce((size, node) => size + node.nodeSize, 0)
    this.#tidy(end, INSERT, id)
    return end
  }

  #fresh(node: Node, id: string, part: number, around: readonly Mark[]): Node[] {
    if (!node.isText) return [this.#sign('line', id, around)]
    const own = node.type.schema.mark(INSERT, { id, part, kind: null })
    const plain = node.marks.filter((mark) => !isSuggestion(mark))
    return [node.mark([...around, own].reduce<readonly Mark[]>((set, mark) => mark.addToSet(set), plain))]
  }

  /** What is written into a passage that somebody wants to strike stands behind it: it is not struck with it. */
  #outsideOfStruck(pos: number): number {
    let at = pos
    for (;;) {
      const { nodeBefore, nodeAfter } = this.out.doc.resolve(at)
      if (
        !nodeBefore ||
        !nodeAfter ||
        deletesOf(nodeBefore).length === 0 ||
        deletesOf(nodeAfter).length === 0
      )
        return at
      at += nodeAfter.nodeSize
    }
  }

  /**
   * Suggestions that go on across a position. What is written there is part of them too. To leave it out would cut them
   * in two with a marker in the shared text that begins them anew: should somebody decide on them meanwhile, that
   * marker would stay, and reach to the end of the block.
   */
  #around(at: number): readonly Mark[] {
    const { nodeBefore, nodeAfter } = this.out.doc.resolve(at)
    if (!nodeBefore || !nodeAfter) return []
    return [...insertsOf(nodeBefore), ...formatsOf(nodeBefore)].filter(
      (mark) => breakOf(mark) === null && mark.isInSet(nodeAfter.marks),
    )
  }

  /** Marks a stretch that came in many steps anew, with one pair of markers. `at`: somewhere in it or at its end. */
  #tidy(at: number, name: typeof INSERT | typeof DELETE, id: string): void {
    const { out } = this
    const $at = out.doc.resolve(at)
    if (!$at.parent.isTextblock) return
    const start = $at.start()
    const whole = { block: $at.parent, start, from: start, to: $at.end() }
    const owns = (node: Node) =>
      marksNamed(node, name).filter((mark) => idOf(mark) === id && breakOf(mark) === null)
    const runs = runsIn(whole)
    const middle = runs.findIndex(({ from, to }) => from <= at && at <= to)
    const holds = (index: number) => {
      const run = runs[index]
      return run !== undefined && owns(run.node).length > 0
    }
    let first = holds(middle) ? middle : middle + 1
    let last = first
    while (holds(first - 1)) first -= 1
    while (holds(last + 1)) last += 1
    const stretch = runs.slice(first, last + 1).filter(({ node }) => owns(node).length > 0)
    if (stretch.length < MOST_PARTS) return
    const part = this.writer.makePart()
    const type = out.doc.type.schema.marks[name]
    if (!type) return
    const fresh = type.create(name === INSERT ? { id, part, kind: null } : { id, part })
    for (const { node, from, to } of stretch) {
      for (const mark of owns(node)) out.removeMark(from, to, mark)
      out.addMark(from, to, fresh)
    }
  }

  /** Proposes a format for a stretch, in positions of the text before. */
  format(from: number, to: number, attrs: Omit<FormatAttrs, 'part'>): void {
    const { out } = this
    const mark = out.doc.type.schema.mark(FORMAT, { ...attrs, part: this.writer.makePart() })
    out.addMark(out.mapping.map(from, 1), out.mapping.map(to, -1), mark)
  }
}
