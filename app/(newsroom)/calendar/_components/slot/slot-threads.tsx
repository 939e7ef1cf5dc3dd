'use client'

import { useEffect, useMemo } from 'react'
import { useOnDemand } from '#app/_ui/on-demand.ts'
import type { SlotId, ThreadId } from '#lib/domain/ids.ts'

const load = () =>
  import('#app/(newsroom)/_threads/subject-threads.tsx').then((module) => module.SubjectThreads)

/** What is said of a slot, under what it is. */
export function SlotThreads({ id }: { id: SlotId }) {
  const { Part, want } = useOnDemand(load)
  useEffect(want, [want])
  const subject = useMemo(() => ({ kind: 'slot', id }) as const, [id])
  const linkTo = (thread: ThreadId) => `/calendar?slot=${id}&thread=${thread}`
  return Part && <Part key={id} subject={subject} linkTo={linkTo} />
}
