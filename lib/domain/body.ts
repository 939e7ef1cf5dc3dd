/** A mark of a run of text. Attributes whose value is null are left out. */
export type BodyMark = { readonly type: string; readonly attrs?: Readonly<Record<string, unknown>> }

/** A node as ProseMirror writes it in JSON: an element with `content`, or a run of `text` with its marks. */
export type BodyNode = {
  readonly type: string
  readonly attrs?: Readonly<Record<string, unknown>>
  readonly content?: readonly BodyNode[]
  readonly text?: string
  readonly marks?: readonly BodyMark[]
}

/** All that a draft says, apart from who says it: what revisions keep, approvals bind to and diffs compare. */
export type DraftText = { readonly title: string; readonly body: readonly BodyNode[] }
