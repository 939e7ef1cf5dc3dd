import { Extension } from '@tiptap/core'
import { Suggestion, type SuggestionProps } from '@tiptap/suggestion'
import { cell, type WritableCell } from '#app/_collab/cell.ts'
import { foldForSearch } from '#lib/domain/text.ts'
import type { FormatId } from './formats.ts'

/** What may be inserted with «/», in the order shown. */
export const SLASH_IDS = [
  'heading1',
  'heading2',
  'heading3',
  'bulletList',
  'orderedList',
  'blockquote',
  'link',
] as const satisfies readonly FormatId[]
export type SlashId = (typeof SLASH_IDS)[number]

export type SlashItem = { readonly id: SlashId; readonly label: string; readonly words: string }

export type SlashView = {
  readonly choose: (item: SlashItem) => void
  readonly items: readonly SlashItem[]
  readonly chosen: number
  readonly at: { readonly left: number; readonly top: number; readonly bottom: number }
}

export type SlashPorts = {
  /** Every item, in the language of the page. `words` are what else one may type to find it. */
  readonly items: readonly SlashItem[]
  readonly view: WritableCell<SlashView | null>
  readonly run: (id: SlashId) => void
}

export const slashView = () => cell<SlashView | null>(null)

/** Items whose name or other words begin like what was typed after «/», accents aside. */
export function findItems(items: readonly SlashItem[], typed: string): readonly SlashItem[] {
  const wanted = foldForSearch(typed)
  return items.filter(({ label, words }) =>
    `${foldForSearch(label)} ${foldForSearch(words)}`.split(/\s+/).some((word) => word.startsWith(wanted)),
  )
}

const step = (view: SlashView, by: number): SlashView => ({
  ...view,
  chosen: (view.chosen + by + view.items.length) % view.items.length,
})

/** «/» at the start of a line or after a space opens a list that typing narrows and Enter takes. */
export function slashMenu({ items, view, run }: SlashPorts) {
  const show = (props: SuggestionProps<SlashItem, SlashItem>) => {
    const box = props.clientRect?.()
    if (!box || props.items.length === 0) return view.set(null)
    const chosen = Math.min(view.get()?.chosen ?? 0, props.items.length - 1)
    const at = { left: box.left, top: box.top, bottom: box.bottom }
    view.set({ items: props.items, chosen, at, choose: props.command })
  }

  return Extension.create({
    name: 'slashMenu',
    addProseMirrorPlugins() {
      return [
        Suggestion<SlashItem, SlashItem>({
          editor: this.editor,
          char: '/',
          items: ({ query }) => [...findItems(items, query)],
          allow: ({ editor }) => editor.isEditable,
          command: ({ editor, range, props }) => {
            editor.chain().focus().deleteRange(range).run()
            run(props.id)
          },
          render: () => ({
            onStart: show,
            onUpdate: show,
            onExit: () => view.set(null),
            onKeyDown: ({ event }) => {
              const open = view.get()
              if (!open) return false
              if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
                view.set(step(open, event.key === 'ArrowDown' ? 1 : -1))
                return true
              }
              const item = open.items[open.chosen]
              if ((event.key !== 'Enter' && event.key !== 'Tab') || !item) return false
              open.choose(item)
              return true
            },
          }),
        }),
      ]
    },
  })
}
