import { getSchema } from '@tiptap/core'
import type { Node } from '@tiptap/pm/model'
import { EditorState, type Plugin } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'
import { ySyncPluginKey } from '@tiptap/y-tiptap'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  activateMark,
  COMPOSED,
  composeMark,
  listenToMarks,
  marksIn,
  marksPlugin,
  placeMarks,
} from '#app/(newsroom)/drafts/[id]/_components/threads/thread-marks.ts'
import { draftExtensions } from '#lib/documents/draft/editor.ts'

const schema = getSchema(draftExtensions)
const paragraph = (text: string): Node =>
  schema.node('paragraph', null, text === '' ? [] : [schema.text(text)])
const docOf = (blocks: readonly string[]): Node => schema.node('doc', null, blocks.map(paragraph))

/** An editor without a page: the plugin, and what it would tell of. */
function open(blocks: readonly string[]) {
  const plugin: Plugin = marksPlugin()
  let state = EditorState.create({ doc: docOf(blocks), plugins: [plugin] })
  const told: boolean[] = []
  const view = {
    get state() {
      return state
    },
    dispatch(transaction: Parameters<EditorView['dispatch']>[0]) {
      const before = state
      state = state.apply(transaction)
      watched?.update?.(view, before)
    },
  } as unknown as EditorView
  const watched = plugin.spec.view?.(view)
  listenToMarks(view, { pressed: () => {}, changed: (lost) => told.push(lost) })
  /** As the binding does when others write: the whole text anew, blocks that nobody touched as the same nodes. */
  const others = (blocks: readonly string[]) => {
    const old = Array.from({ length: state.doc.childCount }, (_, index) => state.doc.child(index))
    const nodes = blocks.map((text) => old.find((node) => node.textContent === text) ?? paragraph(text))
    const replaced = state.tr.replaceWith(0, state.doc.content.size, nodes)
    view.dispatch(replaced.setMeta(ySyncPluginKey, { isChangeOrigin: true }))
  }
  const texts = () => marksIn(state).map(({ id, from, to }) => [id, state.doc.textBetween(from, to, '\n')])
  return { view, others, texts, told }
}

describe('the marks of threads', () => {
  it('follow what is typed before them, and do not take in what is typed at their edges', () => {
    const { view, texts } = open(['un deux trois'])
    placeMarks(view, [{ id: 'a', from: 4, to: 8 }])
    view.dispatch(view.state.tr.insertText('zéro ', 1))
    expect(texts()).toEqual([['a', 'deux']])
    view.dispatch(view.state.tr.insertText('!', 13))
    view.dispatch(view.state.tr.insertText('?', 9))
    expect(texts()).toEqual([['a', 'deux']])
  })

  it('stay when others write elsewhere, although the binding replaces the whole text', () => {
    const { view, others, texts, told } = open(['un', 'deux trois', 'quatre'])
    placeMarks(view, [
      { id: 'a', from: 5, to: 9 },
      { id: 'b', from: 17, to: 23 },
    ])
    others(['un peu', 'deux trois', 'nouveau', 'quatre'])
    expect(texts()).toEqual([
      ['a', 'deux'],
      ['b', 'quatre'],
    ])
    expect(told).toEqual([false])
  })

  it('say that one is lost when its words are taken out', () => {
    const { view, texts, told } = open(['un deux trois'])
    placeMarks(view, [{ id: 'a', from: 4, to: 8 }])
    view.dispatch(view.state.tr.delete(3, 9))
    expect(texts()).toEqual([])
    expect(told).toEqual([true])
  })

  it('keep the passage that is being written about when threads are placed anew', () => {
    const { view, texts } = open(['un deux trois'])
    composeMark(view, { id: COMPOSED, from: 1, to: 3 })
    placeMarks(view, [{ id: 'a', from: 4, to: 8 }])
    expect(texts()).toEqual([
      [COMPOSED, 'un'],
      ['a', 'deux'],
    ])
    composeMark(view, null)
    expect(texts()).toEqual([['a', 'deux']])
  })

  it('are as many after one was made stronger and weaker again', () => {
    const { view, texts } = open(['un deux trois'])
    placeMarks(view, [
      { id: 'a', from: 1, to: 8 },
      { id: 'b', from: 4, to: 8 },
    ])
    activateMark(view, 'b')
    activateMark(view, 'a')
    activateMark(view, null)
    expect(texts()).toEqual([
      ['a', 'un deux'],
      ['b', 'deux'],
    ])
  })

  it('read as they did after whatever others write outside of them, or are told to be lost', () => {
    const words = fc.array(fc.constantFrom('aa', 'ab', 'ba', 'b', ''), { minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(
        words,
        fc.nat(),
        fc.constantFrom('', 'a', 'b', 'ab', 'ba'),
        fc.nat(2),
        (blocks, pick, added, cut) => {
          const mine = pick % blocks.length
          const { view, others, texts, told } = open([
            ...blocks.slice(0, mine),
            'xaby',
            ...blocks.slice(mine),
          ])
          const start = blocks.slice(0, mine).reduce((sum, text) => sum + text.length + 2, 0) + 2
          placeMarks(view, [{ id: 'a', from: start, to: start + 2 }])
          const at = (pick * 7) % blocks.length
          const changed = blocks.map((text, index) => (index === at ? added + text.slice(cut) : text))
          others([...changed.slice(0, mine), 'xaby', ...changed.slice(mine)])
          if (told.some((lost) => lost)) return
          expect(texts()).toEqual([['a', 'ab']])
        },
      ),
      { numRuns: 500 },
    )
  })
})
