import { getSchema, type JSONContent } from '@tiptap/core'
import type { Node } from '@tiptap/pm/model'
import { draftExtensions } from '#lib/documents/draft/editor.ts'
import type { BodyNode } from '#lib/domain/body.ts'

/** The schema of a draft’s body, as every reader and writer of formats uses it. */
export const draftSchema = getSchema(draftExtensions)

/** Title and body as files hold them. */
export type DraftContent = { readonly title: string; readonly body: Node }

/** @throws RangeError where `json` is no document of the draft schema. */
export function bodyFrom(json: JSONContent | BodyNode): Node {
  const body = draftSchema.nodeFromJSON(json)
  body.check()
  return body
}

/** An empty page: the one paragraph that a caret needs. */
export const emptyBody = (): Node => draftSchema.node('doc', null, [draftSchema.node('paragraph')])
