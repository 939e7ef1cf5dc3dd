import type { JSONContent } from '@tiptap/core'
import type { Node } from '@tiptap/pm/model'
import { prosemirrorJSONToYXmlFragment } from '@tiptap/y-tiptap'
import * as Y from 'yjs'
import { bodyOf, metaOf } from '#lib/documents/draft/roots.ts'
import { type DraftFacts, draftKind } from '#lib/documents/draft/shape.ts'
import { canonicalText, plainTextOf, textOf } from '#lib/documents/draft/text.ts'
import type { DraftText } from '#lib/domain/body.ts'
import { readText } from './formats/read-text.ts'
import { bodyFrom, type DraftContent, draftSchema, emptyBody } from './formats/schema.ts'

export type Seed = { readonly update: Uint8Array; readonly facts: DraftFacts }

/**
 * Writes title and body as the first update of a document, by one Yjs client that never writes again.
 * @throws where `body` is not of the draft schema, or holds what the rooms would refuse from a client.
 */
export function seedOf({ title, body }: { title: string; body?: JSONContent | undefined }): Seed {
  const content = body ? bodyFrom(body) : emptyBody()
  const doc = new Y.Doc()
  doc.transact(() => {
    metaOf(doc).set('title', title)
    prosemirrorJSONToYXmlFragment(draftSchema, content.toJSON(), bodyOf(doc))
  })
  const update = Y.encodeStateAsUpdate(doc)
  const refused = draftKind.refuse(Y.decodeUpdate(update))
  if (refused !== null) throw new Error(`A draft cannot be seeded with this: ${refused}.`)
  return { update, facts: draftKind.read(doc) }
}

/** The body in the schema, or null where concurrent or foreign edits left it in another shape. */
function inSchema(content: DraftText['body']): Node | null {
  try {
    return bodyFrom({ type: 'doc', content })
  } catch {
    return null
  }
}

/**
 * Reads a draft as files hold it: its canonical text, without what is only suggested. A body that fits no schema gives
 * all its words, as paragraphs.
 */
export function contentOf(doc: Y.Doc): DraftContent {
  const { title, body } = canonicalText(textOf(doc))
  if (body.length === 0) return { title, body: emptyBody() }
  return { title, body: inSchema(body) ?? readText(plainTextOf(body).replaceAll('\n', '\n\n')) }
}
