import type { InvalidFields } from '#lib/domain/accounts/fields.ts'
import type { VolunteerId } from '#lib/domain/ids.ts'
import type { Actor, Locale } from '#lib/domain/permissions.ts'
import type { Result } from '#lib/domain/result.ts'

export type SetUp = {
  readonly code: string
  readonly newsroomName: string
  readonly name: string
  readonly email: string
  readonly password: string
  readonly locale: Locale
  /** Where the visitor comes from: an IP address. */
  readonly address: string
}

export type Newsroom = {
  isSetUp(): Promise<boolean>
  /** Null before the set-up. */
  name(): Promise<string | null>
  /** What the set-up page asks for: printed on the server's console while `isSetUp()` is false. */
  setUpCode(): string
  /** Names the newsroom and makes its first coordinator, once. */
  setUp(
    input: SetUp,
  ): Promise<Result<VolunteerId, 'alreadySetUp' | 'wrongCode' | 'throttled' | InvalidFields>>
  rename(actor: Actor, name: string): Promise<Result<void, 'forbidden' | InvalidFields>>
}
