import type { Extensions } from '@tiptap/core'
import Blockquote from '@tiptap/extension-blockquote'
import Bold from '@tiptap/extension-bold'
import Document from '@tiptap/extension-document'
import HardBreak from '@tiptap/extension-hard-break'
import Heading from '@tiptap/extension-heading'
import Italic from '@tiptap/extension-italic'
import { BulletList } from '@tiptap/extension-list/bullet-list'
import { ListItem } from '@tiptap/extension-list/item'
import { ListKeymap } from '@tiptap/extension-list/keymap'
import { OrderedList } from '@tiptap/extension-list/ordered-list'
import Paragraph from '@tiptap/extension-paragraph'
import Text from '@tiptap/extension-text'
import { Link } from './link.ts'
import { SuggestDelete, SuggestFormat, SuggestInsert } from './suggestions/marks.ts'

/**
 * The schema of a draft’s body: what the browser’s editor, the importers and the exporters share.
 * A change here is a change of shape: raise `schemaVersion` in shape.ts.
 *
 * One by one, not Tiptap’s kit: that one brings code, history (Yjs keeps the undo stack, so that one undoes
 * one’s own edits only) and a trailing paragraph that each open browser would add, and each would share.
 */
export const draftExtensions: Extensions = [
  Document,
  Paragraph,
  Text,
  Heading.configure({ levels: [1, 2, 3] }),
  Blockquote,
  BulletList,
  OrderedList,
  ListItem,
  ListKeymap,
  HardBreak,
  Bold,
  Italic,
  Link,
  SuggestInsert,
  SuggestDelete,
  SuggestFormat,
]
