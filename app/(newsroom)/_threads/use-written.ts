import { useState } from 'react'
import type { VolunteerId } from '#lib/domain/ids.ts'
import { usePeople } from '../_people/people.tsx'
import { composerKey, keepText, readKept } from './kept-draft.ts'
import { bodyOf, NOTHING, readBody, type Written } from './written.ts'

/**
 * What is being written in a composer, kept through reloads until it is sent or dropped.
 * @param keep names the composer
 * @param body the comment that is being changed; empty where it is a new one
 */
export function useWritten(keep: string, body: string) {
  const { find, me } = usePeople()
  const key = composerKey(me.id, keep)
  const nameOf = (id: VolunteerId) => find(id)?.name ?? null
  const [written, setWritten] = useState<Written>(() => readBody(readKept(key) || body, nameOf))

  function write(next: Written) {
    setWritten(next)
    const begun = bodyOf(next)
    keepText(key, begun === body ? '' : begun)
  }
  function restart(next: Written) {
    keepText(key, '')
    setWritten(next)
  }
  return {
    written,
    text: bodyOf(written),
    write,
    /** Nothing is written any more. */
    empty: () => restart(NOTHING),
    /** As it was before anybody wrote here. */
    reset: () => restart(body === '' ? NOTHING : readBody(body, nameOf)),
  }
}
