import type { Slot } from '#lib/domain/calendar/slot.ts'
import { jsonLines } from './import-lines.ts'

/** An event that does not come in; `reason` is a short key. */
export type SkippedEvent = { readonly uid: string; readonly title: string; readonly reason: string }

/** What would come in. */
export type Preview = {
  readonly added: readonly Slot[]
  readonly updated: readonly Slot[]
  readonly unchanged: number
  readonly skipped: readonly SkippedEvent[]
}

/** What came in. */
export type Outcome = {
  readonly added: number
  readonly updated: number
  readonly unchanged: number
  readonly skipped: readonly SkippedEvent[]
}

export type Progress = { readonly done: number; readonly of: number }

/** `error`: a short key. */
type Answer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: string }

/** The lines of the route (app/api/calendar/import). */
type Line =
  | ({ readonly type: 'progress' } & Progress)
  | ({ readonly type: 'done' } & Outcome)
  | { readonly type: 'error'; readonly error: string }

const ADDRESS = '/api/calendar/import'
const UNREACHABLE = { ok: false, error: 'unreachable' } as const

const post = (address: string, file: File, signal: AbortSignal) =>
  fetch(address, { method: 'POST', body: file, headers: { 'content-type': 'text/calendar' }, signal })

/** The route says why in JSON; what stands before it (the size of a body, a proxy) does not. */
async function refusal(response: Response): Promise<{ readonly ok: false; readonly error: string }> {
  if (response.status === 413) return { ok: false, error: 'tooLarge' }
  const said: { readonly error?: unknown } = await response.json().catch(() => ({}))
  return { ok: false, error: typeof said.error === 'string' ? said.error : 'unexpected' }
}

/** Asks what a file would bring; nothing is written. */
export async function requestPreview(file: File, signal: AbortSignal): Promise<Answer<Preview>> {
  try {
    const response = await post(`${ADDRESS}?preview=1`, file, signal)
    return response.ok ? { ok: true, value: await response.json() } : await refusal(response)
  } catch {
    // Cut off, by the network or by our own stop; the caller knows which.
    return UNREACHABLE
  }
}

/** Brings a file in, and tells how far it has come. */
export async function requestImport(
  file: File,
  signal: AbortSignal,
  onProgress: (progress: Progress) => void,
): Promise<Answer<Outcome>> {
  try {
    const response = await post(ADDRESS, file, signal)
    if (!response.ok || !response.body) return await refusal(response)
    for await (const read of jsonLines(response.body)) {
      const line = read as Line
      if (line.type === 'done') return { ok: true, value: line }
      if (line.type === 'error') return { ok: false, error: line.error }
      onProgress({ done: line.done, of: line.of })
    }
    // The last line never came: the server stopped in the middle.
    return UNREACHABLE
  } catch {
    return UNREACHABLE
  }
}
