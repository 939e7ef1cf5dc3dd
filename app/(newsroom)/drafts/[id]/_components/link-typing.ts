import { Extension, InputRule, markPasteRule } from '@tiptap/core'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import { readAddress } from './link-address.ts'

/** An address that nobody would take for words: with its scheme, or `www.`, or a mail address. */
const ADDRESS = String.raw`(?:https:\/\/|www\.)[^\s<>«»"]+|[^\s<>«»"@()]+@[^\s<>«»"@()]+\.\p{L}{2,}`
const TYPED = new RegExp(String.raw`(?:^|[\s\u00a0(«])(${ADDRESS})([ \u00a0])$`, 'u')
const PASTED = /https:\/\/[^\s<>«»"]+/gu
/** What ends a sentence is not part of the address in it. */
const TAIL = /[.,;:!?)\]’'…]+$/u

/** The address that was just finished by a space, in the text before the caret. */
export function typedAddress(before: string): { readonly text: string; readonly index: number } | null {
  const match = TYPED.exec(before)
  const word = match?.[1]?.replace(TAIL, '')
  if (!match || !word || readAddress(word) === null) return null
  return { text: word, index: match.index + match[0].indexOf(word) }
}

/** Addresses become links as they are typed or pasted; an address pasted over words becomes their link. */
export const linkTyping = Extension.create({
  name: 'linkTyping',
  addInputRules() {
    const type = this.editor.schema.marks.link
    if (!type) return []
    return [
      new InputRule({
        find: (text) => {
          const found = typedAddress(text)
          // From the address to the space that ended it.
          return found && { index: found.index, text: text.slice(found.index), data: { word: found.text } }
        },
        handler: ({ state, range, match }) => {
          const word = String(match.data?.word ?? '')
          const href = readAddress(word)
          if (href === null || state.doc.rangeHasMark(range.from, range.from + word.length, type)) return null
          state.tr.addMark(range.from, range.from + word.length, type.create({ href }))
          state.tr.insertText(' ', range.to).removeStoredMark(type)
          return undefined
        },
      }),
    ]
  },
  addKeyboardShortcuts() {
    return {
      // The end of a line ends an address too; the line is then broken as usual.
      Enter: ({ editor }) => {
        const { $from, empty } = editor.state.selection
        const before = $from.parent.textBetween(0, $from.parentOffset, undefined, '\ufffc')
        const found = empty ? typedAddress(`${before} `) : null
        const href = found && readAddress(found.text)
        const type = editor.schema.marks.link
        if (!found || !href || !type) return false
        const from = $from.start() + found.index
        const to = from + found.text.length
        if (!editor.state.doc.rangeHasMark(from, to, type)) {
          editor.view.dispatch(editor.state.tr.addMark(from, to, type.create({ href })))
        }
        return false
      },
    }
  },
  addPasteRules() {
    const type = this.editor.schema.marks.link
    if (!type) return []
    const getAttributes = (match: { 0: string }) => ({ href: readAddress(match[0].replace(TAIL, '')) })
    return [markPasteRule({ find: PASTED, type, getAttributes })]
  },
  addProseMirrorPlugins() {
    const { editor } = this
    return [
      new Plugin({
        key: new PluginKey('linkPaste'),
        props: {
          handlePaste(view, event) {
            const text = event.clipboardData?.getData('text/plain').trim() ?? ''
            const whole = /^(https:\/\/|mailto:)\S+$/.test(text) ? readAddress(text) : null
            if (whole === null || view.state.selection.empty) return false
            return editor.commands.setLink({ href: whole })
          },
        },
      }),
    ]
  },
})
