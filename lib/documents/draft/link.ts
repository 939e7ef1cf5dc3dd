import { Mark } from '@tiptap/core'
import { isSafeHref } from '#lib/domain/links.ts'

declare module '@tiptap/core' {
  interface Commands<ReturnType> {
    draftLink: {
      /** Refuses, by returning false, an address that is neither https: nor mailto:. */
      setLink: (attributes: { href: string }) => ReturnType
      unsetLink: () => ReturnType
    }
  }
}

/**
 * A link of a draft: where it leads, and nothing else. Tiptap’s own link also keeps `class`, `target` and `rel`
 * in the document, where anyone with a socket could write them, and brings a list of every top-level domain.
 */
export const Link = Mark.create({
  name: 'link',
  priority: 1000,
  inclusive: false,
  keepOnSplit: false,
  exitable: true,
  addAttributes: () => ({ href: { default: null } }),
  parseHTML: () => [
    { tag: 'a[href]', getAttrs: (anchor) => (isSafeHref(anchor.getAttribute('href')) ? null : false) },
  ],
  renderHTML({ mark }) {
    const href: unknown = mark.attrs.href
    // Whatever came in by another way than these commands is shown as words.
    return ['a', isSafeHref(href) ? { href, target: '_blank', rel: 'noopener noreferrer nofollow' } : {}, 0]
  },
  addCommands() {
    return {
      setLink:
        ({ href }) =>
        ({ commands }) =>
          isSafeHref(href) && commands.setMark(this.name, { href }),
      unsetLink:
        () =>
        ({ commands }) =>
          commands.unsetMark(this.name, { extendEmptyMarkRange: true }),
    }
  },
})
