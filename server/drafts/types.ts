import type { JSONContent } from '@tiptap/core'
import type { Doc } from 'yjs'
import type { DocumentName } from '#lib/documents/registry.ts'
import type { DraftId, VolunteerId } from '#lib/domain/ids.ts'
import type { Actor } from '#lib/domain/permissions.ts'
import type { Result } from '#lib/domain/result.ts'
import type { DraftSummary } from '#lib/protocol/newsroom-events.ts'
import type { Authority } from '#server/volunteers/types.ts'

export const EXPORT_FORMATS = ['md', 'html', 'txt', 'json'] as const
export type ExportFormat = (typeof EXPORT_FORMATS)[number]

/** Lines of the draft list that one call returns. */
export const PAGE_SIZE = 50

export type DraftFilter = {
  /** What somebody typed, whatever it is. Blank, or without a letter or digit: no search. */
  readonly search: string
  readonly state: 'active' | 'archived'
  /** `edited` and `created`: newest first. `title`: in the order of French, untitled ones last. */
  readonly sort: 'edited' | 'title' | 'created'
  /** Only drafts that this volunteer began or wrote in. */
  readonly by: VolunteerId | null
  /** Only drafts that no slot of the calendar carries. */
  readonly unplanned?: boolean
  /** How many lines of this same list the caller already has. */
  readonly offset: number
}

type DraftList = { readonly drafts: readonly DraftSummary[]; readonly more: boolean }

/** As much of a draft as others show of it. */
export type DraftFace = Pick<DraftSummary, 'id' | 'title' | 'stage' | 'archivedAt'>

/** A file to hand over: `type` is a media type with its charset. Names no volunteer. */
export type DraftExport = { readonly filename: string; readonly type: string; readonly text: string }

/** `unavailable`: the rooms cannot take an edit now (stopping, or a process that has none). */
export type Refusal = 'forbidden' | 'missing' | 'unavailable'

/** A change made through the room of a document; resolves once it is committed. `server/sync` provides it. */
export type EditDocument = (
  name: DocumentName,
  author: VolunteerId,
  change: (doc: Doc) => void,
) => Promise<Result<void, 'missing' | 'unavailable'>>

/** What can be done with drafts; every call decides through `can()` before it reads or writes. */
export type Drafts = {
  list(by: Authority, filter: DraftFilter): Promise<DraftList>
  open(
    actor: Actor,
    id: DraftId,
  ): Promise<Result<{ readonly draft: DraftSummary; readonly access: 'write' | 'read' }, 'missing'>>
  /** @param input.body a document of the draft schema; throws where it is not one. Left out: an empty page. */
  create(
    by: Authority,
    input: { readonly title: string; readonly body?: JSONContent },
  ): Promise<Result<DraftId, 'forbidden'>>
  /** The drafts of these ids that there are, in no order. */
  faces(by: Authority, ids: readonly DraftId[]): Promise<readonly DraftFace[]>
  rename(actor: Actor, id: DraftId, title: string): Promise<Result<void, Refusal>>
  /** The copy says so in its title, keeps the text, and begins its own history. */
  duplicate(actor: Actor, id: DraftId): Promise<Result<DraftId, Refusal>>
  archive(actor: Actor, id: DraftId): Promise<Result<void, Refusal>>
  restore(actor: Actor, id: DraftId): Promise<Result<void, Refusal>>
  export(by: Authority, id: DraftId, format: ExportFormat): Promise<Result<DraftExport, 'missing'>>
}
