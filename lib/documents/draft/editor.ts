import type { Extensions } from '@tiptap/core'
import StarterKit from '@tiptap/starter-kit'
import { isSafeHref } from '#lib/domain/links.ts'

/**
 * The schema of a draft’s body: what the browser’s editor, the importers and the exporters share.
 * A change here is a change of shape: raise `schemaVersion` in shape.ts.
 */
export const draftExtensions: Extensions = [
  StarterKit.configure({
    heading: { levels: [1, 2, 3] },
    link: {
      openOnClick: false,
      autolink: true,
      linkOnPaste: true,
      defaultProtocol: 'https',
      isAllowedUri: (url) => isSafeHref(url),
      HTMLAttributes: { rel: 'noopener noreferrer nofollow', target: '_blank' },
    },
    code: false,
    codeBlock: false,
    strike: false,
    underline: false,
    horizontalRule: false,
    // Each open browser would add its own trailing paragraph, and each would be shared.
    trailingNode: false,
    // Yjs keeps the undo stack, so that one undoes one’s own edits only.
    undoRedo: false,
  }),
]
