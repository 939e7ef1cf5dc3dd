/**
 * Why a file cannot be taken for a whole backup of ours.
 * - `notBackup` it does not begin like one; `newerFormat` written by a later version of this format
 * - `keyNeeded` it is encrypted, and no key was given; `keyUnexpected` a key was given, and it is not encrypted
 * - `wrongKey` its beginning is whole, and was sealed with another key
 * - `cut` its end is missing; `trailing` something follows its end; `damaged` bytes in it have changed
 */
export type Fault =
  | 'notBackup'
  | 'newerFormat'
  | 'keyNeeded'
  | 'keyUnexpected'
  | 'wrongKey'
  | 'cut'
  | 'trailing'
  | 'damaged'

/** Thrown while a backup is read, where a stream has no other way to say so; caught at the edge of the feature. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable'
  readonly fault: Fault
  /** Offset in the file near which it shows, in bytes. */
  readonly near: number | null
  constructor(fault: Fault, near: number | null = null) {
    super(`The backup cannot be read: ${fault}`)
    this.fault = fault
    this.near = near
  }
}
