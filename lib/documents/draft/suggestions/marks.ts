import { Mark } from '@tiptap/core'
import { DELETE, FORMAT, INSERT } from './proposal.ts'

const required = (...names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [name, { default: null, rendered: false }]))

/**
 * Several of one kind may lie on the same text (`excludes: ''`): each then has its own markers in the shared text, and
 * those of one person are not cut off where somebody else’s end. Pasted HTML never proposes anything: no `parseHTML`.
 */
const shared = { excludes: '', inclusive: false, exitable: false, keepOnSplit: false } as const

export const SuggestInsert = Mark.create({
  ...shared,
  name: INSERT,
  addAttributes: () => required('id', 'part', 'kind'),
  renderHTML: ({ mark }) => [
    'ins',
    {
      class: 'suggest-insert',
      'data-suggestion': mark.attrs.id,
      ...(mark.attrs.kind && { 'data-break': mark.attrs.kind }),
    },
    0,
  ],
})

export const SuggestDelete = Mark.create({
  ...shared,
  name: DELETE,
  addAttributes: () => required('id', 'part'),
  renderHTML: ({ mark }) => ['del', { class: 'suggest-delete', 'data-suggestion': mark.attrs.id }, 0],
})

export const SuggestFormat = Mark.create({
  ...shared,
  name: FORMAT,
  addAttributes: () => required('id', 'part', 'mark', 'add', 'href'),
  renderHTML: ({ mark }) => [
    'span',
    {
      class: 'suggest-format',
      'data-suggestion': mark.attrs.id,
      'data-format': `${mark.attrs.add ? '' : 'no-'}${mark.attrs.mark}`,
    },
    0,
  ],
})
