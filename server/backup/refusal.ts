/**
 * Why a backup is not restored although it is whole. Nothing has been changed then.
 * - `notEmpty` somebody works here already; `foreign` these tables are not a newsroom’s
 * - `inUse` the tables are being made or used by another process
 * - `newer` it was taken by a newer version of Pupitre, or one that makes other tables
 * - `differs` what is in the database is not what was read from the file
 */
export type Refusal =
  | { readonly why: 'notEmpty' | 'foreign' | 'differs'; readonly names: readonly string[] }
  | { readonly why: 'inUse' | 'newer' }

/** Thrown within the transaction of a restore, which it ends; caught at the edge of the feature. */
export class Refused extends Error {
  override readonly name = 'Refused'
  readonly refusal: Refusal
  constructor(refusal: Refusal) {
    super(`The backup is not restored: ${refusal.why}`)
    this.refusal = refusal
  }
}
