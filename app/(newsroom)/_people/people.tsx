'use client'

import { createContext, type ReactNode, useContext, useMemo, useState } from 'react'
import { useNewsroom } from '#app/_collab/newsroom.tsx'
import { attempt } from '#app/_ui/use-form.ts'
import type { VolunteerId } from '#lib/domain/ids.ts'
import { listPeople } from './actions.ts'
import type { Person } from './person.ts'

export type People = {
  readonly me: Person
  /** In the order of the team page. */
  readonly all: readonly Person[]
  /** Null for an id that nobody has. */
  find(id: VolunteerId): Person | null
}

const Context = createContext<People | null>(null)

type Props = { me: VolunteerId; first: readonly Person[]; children: ReactNode }

/** Who is in the newsroom, for whatever shows names; follows the team as it changes. */
export function PeopleProvider({ me, first, children }: Props) {
  const [fetched, setFetched] = useState<readonly Person[] | null>(null)
  useNewsroom(async (news) => {
    if (news.type !== 'team' && news.type !== 'returned') return
    const answer = await attempt(() => listPeople({}))
    if (answer.ok) setFetched(answer.value)
  })
  const all = fetched ?? first
  const people = useMemo(() => {
    const byId = new Map(all.map((person) => [person.id, person]))
    const self = byId.get(me)
    return self && { me: self, all, find: (id: VolunteerId) => byId.get(id) ?? null }
  }, [all, me])
  if (!people) throw new Error('Whoever is signed in is in the newsroom')
  return <Context value={people}>{children}</Context>
}

export function usePeople(): People {
  const people = useContext(Context)
  if (!people) throw new Error('usePeople needs PeopleProvider above it')
  return people
}
