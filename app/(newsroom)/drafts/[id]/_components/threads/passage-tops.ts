import type { Editor } from '@tiptap/core'
import type { Mark } from './thread-marks.ts'

/** Where a passage starts; pixels from the top of the margin. */
export type PassageTop = { readonly id: string; readonly top: number }

/** Passages so far out of the window are placed by their block alone; in windows. */
const NEAR = 1

/**
 * Reads where passages are on the page: in one go, and letter by letter only for those that can be seen. The rest are
 * blocks that the browser has not laid out (out-of-sight.ts).
 */
export function readTops(editor: Editor, margin: HTMLElement, marks: readonly Mark[]): readonly PassageTop[] {
  const { view } = editor
  const { doc } = view.state
  const origin = margin.getBoundingClientRect().top
  const boxes = new Map<number, DOMRect>()
  return marks.flatMap(({ id, from }) => {
    if (from >= doc.content.size) return []
    const $from = doc.resolve(from)
    const block = $from.depth > 0 ? $from.before(1) : from
    const box = boxes.get(block) ?? boxOf(view.nodeDOM(block))
    if (!box) return []
    boxes.set(block, box)
    const near = box.bottom > -NEAR * innerHeight && box.top < (1 + NEAR) * innerHeight
    const top = near ? view.coordsAtPos(from, 1).top : box.top
    return [{ id, top: top - origin }]
  })
}

const boxOf = (node: Node | null): DOMRect | null =>
  node instanceof Element ? node.getBoundingClientRect() : null
