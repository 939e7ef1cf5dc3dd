import type * as Y from 'yjs'

/** The two roots of a draft’s document. */
export const BODY = 'body'
export const META = 'meta'
/** Longest title kept in rows, in UTF-16 units; the page’s field stops there too. */
export const MAX_TITLE = 300

export const bodyOf = (doc: Y.Doc): Y.XmlFragment => doc.getXmlFragment(BODY)
export const metaOf = (doc: Y.Doc): Y.Map<unknown> => doc.getMap(META)

/** A title as rows and files hold it: one line, its non-breaking spaces kept, no half of a character at its end. */
export const tidyTitle = (title: string): string =>
  title
    .replace(/[ \t-\r\u2028\u2029]+/g, ' ')
    .trim()
    .slice(0, MAX_TITLE)
    .replace(/[\ud800-\udbff]$/, '')
    .trimEnd()

export function titleOf(doc: Y.Doc): string {
  const title = metaOf(doc).get('title')
  return typeof title === 'string' ? tidyTitle(title) : ''
}

/** y-tiptap names a mark `bold`, or `link--<hash>` where marks of one name may overlap. */
export const markName = (key: string) => key.replace(/--.*$/, '')

/** Whether y-tiptap reads the same name out of a key. Where it reads another, an open editor deletes the whole text. */
export const isMarkKey = (key: string): boolean => key.replace(/--[a-zA-Z0-9+/=]{8}$/, '') === markName(key)
