import type { AuditFilter, AuditLine } from '#lib/domain/audit/line.ts'
import type { Actor } from '#lib/domain/permissions.ts'
import type { Result } from '#lib/domain/result.ts'
import type { Authority } from '#server/volunteers/types.ts'

type AuditPage = {
  readonly lines: readonly AuditLine[]
  /** Where the next page begins (`below`); null where this one is the last. */
  readonly next: number | null
}

/** `chunks`: the file in pieces, of which each is read when it is asked for. */
type AuditFile = { readonly filename: string; readonly chunks: AsyncIterable<string> }

/** For whoever answers for the newsroom, and nobody else: it names people. */
export type Audit = {
  /** @param below the `next` of the page before; null: the newest */
  list(by: Authority, filter: AuditFilter, below: number | null): Promise<Result<AuditPage, 'forbidden'>>
  /** A table of all that the filter finds. That it was taken is a decision, too. */
  export(actor: Actor, filter: AuditFilter): Promise<Result<AuditFile, 'forbidden'>>
}
