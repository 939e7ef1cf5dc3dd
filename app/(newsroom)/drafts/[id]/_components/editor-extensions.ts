import { Extension, type Extensions } from '@tiptap/core'
import CollaborationCaret from '@tiptap/extension-collaboration-caret'
import type { Room } from '#app/_collab/room.ts'
import { draftExtensions } from '#lib/documents/draft/editor.ts'
import { bodyOf } from '#lib/documents/draft/roots.ts'
import type { PersonHere } from '#lib/protocol/newsroom-events.ts'
import { drawCaret, drawSelection } from './caret.ts'
import { emptyHint } from './empty-hint.ts'
import { boundTo } from './kept-nodes.ts'
import { linkTyping } from './link-typing.ts'
import { outOfSight } from './out-of-sight.ts'
import { ownHandFirst } from './own-hand-first.ts'
import { type SlashPorts, slashMenu } from './slash-menu.ts'
import { suggesting } from './suggest/suggesting.ts'
import { threadMarks } from './threads/thread-marks.ts'

type Options = {
  readonly room: Room
  readonly person: PersonHere
  /** Shown in a draft that has no text yet. */
  readonly hint: string
  readonly slash: SlashPorts
  readonly onLink: () => void
}

/** The draft’s schema, and around it what only a browser needs. */
export function editorExtensions({ room, person, hint, slash, onLink }: Options): Extensions {
  return [
    ...draftExtensions,
    ...boundTo(bodyOf(room.doc)),
    CollaborationCaret.configure({
      provider: { awareness: room.awareness },
      // As the server will stamp it: a presence that names somebody else is dropped.
      user: { id: person.volunteerId, name: person.name, color: person.color },
      render: drawCaret,
      selectionRender: drawSelection,
    }),
    linkTyping,
    ownHandFirst(room),
    outOfSight,
    emptyHint(hint),
    slashMenu(slash),
    ...threadMarks(),
    ...suggesting(),
    Extension.create({
      name: 'linkKey',
      addKeyboardShortcuts() {
        return {
          // Without a selection the same keys open the palette, as everywhere else.
          'Mod-k': ({ editor }) => {
            if (editor.state.selection.empty && !editor.isActive('link')) return false
            onLink()
            return true
          },
        }
      },
    }),
  ]
}
