'use client'

import { createContext, useContext } from 'react'
import type { ThreadId } from '#lib/domain/ids.ts'
import { can, type Who } from '#lib/domain/permissions.ts'
import { usePeople } from '../_people/people.tsx'
import type { ShownComment, ShownThread } from './thread-list.ts'
import type { ThreadModel } from './thread-model.ts'

/** Where threads are shown: what their cards need beside the thread itself. */
export type ThreadPlace = {
  readonly model: ThreadModel
  /** The draft is; a slot never. */
  readonly archived: boolean
  /** The address that leads to a thread. */
  linkTo(id: ThreadId): string
}

const Context = createContext<ThreadPlace | null>(null)
export const ThreadPlaceProvider = Context.Provider

export function useThreadPlace(): ThreadPlace {
  const place = useContext(Context)
  if (!place) throw new Error('useThreadPlace needs ThreadPlaceProvider above it')
  return place
}

/** What may be done with threads here; the server decides. */
export function useThreadRights() {
  const { me } = usePeople()
  const { archived } = useThreadPlace()
  const who: Who = { volunteerId: me.id, role: me.role }
  return {
    comment: can(who, 'thread.comment', { archived }),
    resolve: ({ createdBy, sent }: ShownThread) =>
      sent && can(who, 'thread.resolve', { archived, createdBy }),
    edit: ({ author, unsent }: ShownComment) => !unsent && can(who, 'comment.edit', { archived, author }),
    remove: ({ author, unsent }: ShownComment) => !unsent && can(who, 'comment.delete', { archived, author }),
  }
}
