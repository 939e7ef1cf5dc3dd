'use client'

import { uuidv4 } from 'lib0/random'
import { useEffect, useState } from 'react'
import { useNewsroom } from '#app/_collab/newsroom.tsx'
import type { ThreadSubject } from '#lib/protocol/threads.ts'
import { usePeople } from '../_people/people.tsx'
import { outboxOf } from './outbox-of.ts'
import { threadActs } from './thread-acts.ts'
import { openThreadModel, type ThreadModel } from './thread-model.ts'

/**
 * The threads of a draft or a slot, kept up to date while they are shown; null in the first moment.
 * @param subject the same object as long as it is the same subject
 */
export function useThreads(subject: ThreadSubject): ThreadModel | null {
  const me = usePeople().me.id
  const [model, setModel] = useState<ThreadModel | null>(null)
  useEffect(() => {
    const { outbox, rows } = outboxOf(me)
    const now = () => new Date()
    const opened = openThreadModel(subject, { acts: threadActs, outbox, rows, me, newId: uuidv4, now })
    setModel(opened)
    void opened.load()
    return () => {
      setModel(null)
      opened.close()
    }
  }, [subject, me])
  useNewsroom((news) => model?.hear(news))
  return model
}
