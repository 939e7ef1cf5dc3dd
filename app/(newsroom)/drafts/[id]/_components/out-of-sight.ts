import { Extension } from '@tiptap/core'
import type { ResolvedPos } from '@tiptap/pm/model'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import { Decoration, DecorationSet } from '@tiptap/pm/view'

/** Blocks of a draft from which the rule pays; a shorter one fits in a few screens anyway. */
const MANY = 60

const rendered = (from: number, to: number) => Decoration.node(from, to, { class: 'draft-here' })

/** The block of the caret and those that one key leads to: beside it, the first and the last. */
function withinReach($head: ResolvedPos): Decoration[] {
  const { doc } = $head
  const [start, end, last] = [$head.before(1), $head.after(1), doc.content.size]
  const before = doc.resolve(start).nodeBefore
  const after = doc.resolve(end).nodeAfter
  const [firstSize, lastSize] = [doc.firstChild?.nodeSize ?? 0, doc.lastChild?.nodeSize ?? 0]
  const reach = [rendered(start, end)]
  if (before) reach.push(rendered(start - before.nodeSize, start))
  if (after) reach.push(rendered(end, end + after.nodeSize))
  if (start > firstSize) reach.push(rendered(0, firstSize))
  if (end < last - lastSize) reach.push(rendered(last - lastSize, last))
  return reach
}

/**
 * In a long draft the browser leaves alone the blocks that are out of sight (editor.css): ten people who write
 * elsewhere then cost neither layout nor paint here. But in a block that is not rendered (it is out of sight, or
 * so new that its first frame has not come) Chromium puts the caret before the letters. So the blocks where a
 * key can write, or lead to, say with their class that they are to be rendered whatever is in sight.
 */
export const outOfSight = Extension.create({
  name: 'outOfSight',
  addProseMirrorPlugins: () => [
    new Plugin({
      key: new PluginKey('outOfSight'),
      props: {
        attributes: ({ doc }): Record<string, string> =>
          doc.childCount < MANY ? {} : { class: 'draft-long' },
        decorations({ doc, selection: { $head } }) {
          if (doc.childCount < MANY || $head.depth === 0) return null
          return DecorationSet.create(doc, withinReach($head))
        },
      },
    }),
  ],
})
