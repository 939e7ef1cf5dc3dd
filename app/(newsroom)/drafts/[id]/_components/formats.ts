import type { Editor } from '@tiptap/core'
import {
  Bold,
  Heading1,
  Heading2,
  Heading3,
  Italic,
  Link,
  List,
  ListOrdered,
  type LucideIcon,
  Quote,
} from 'lucide-react'

export type FormatId =
  | 'bold'
  | 'italic'
  | 'heading1'
  | 'heading2'
  | 'heading3'
  | 'bulletList'
  | 'orderedList'
  | 'blockquote'
  | 'link'

export type Format = {
  readonly icon: LucideIcon
  /** Keys beside the command key, as the help writes them; null where there are none. */
  readonly keys: string | null
  readonly isOn: (editor: Editor) => boolean
  /** Absent for links: those ask for an address first. */
  readonly toggle?: (editor: Editor) => void
}

const heading = (level: 1 | 2 | 3, icon: LucideIcon): Format => ({
  icon,
  keys: null,
  isOn: (editor) => editor.isActive('heading', { level }),
  toggle: (editor) => editor.chain().focus().toggleHeading({ level }).run(),
})

/** What can be done to a passage: one table for the bubble, the bar of phones and the «/» list. */
export const FORMATS: Readonly<Record<FormatId, Format>> = {
  bold: {
    icon: Bold,
    keys: 'B',
    isOn: (editor) => editor.isActive('bold'),
    toggle: (editor) => editor.chain().focus().toggleBold().run(),
  },
  italic: {
    icon: Italic,
    keys: 'I',
    isOn: (editor) => editor.isActive('italic'),
    toggle: (editor) => editor.chain().focus().toggleItalic().run(),
  },
  heading1: heading(1, Heading1),
  heading2: heading(2, Heading2),
  heading3: heading(3, Heading3),
  bulletList: {
    icon: List,
    keys: null,
    isOn: (editor) => editor.isActive('bulletList'),
    toggle: (editor) => editor.chain().focus().toggleBulletList().run(),
  },
  orderedList: {
    icon: ListOrdered,
    keys: null,
    isOn: (editor) => editor.isActive('orderedList'),
    toggle: (editor) => editor.chain().focus().toggleOrderedList().run(),
  },
  blockquote: {
    icon: Quote,
    keys: null,
    isOn: (editor) => editor.isActive('blockquote'),
    toggle: (editor) => editor.chain().focus().toggleBlockquote().run(),
  },
  link: { icon: Link, keys: 'K', isOn: (editor) => editor.isActive('link') },
}

export const FORMAT_IDS = Object.keys(FORMATS) as readonly FormatId[]
