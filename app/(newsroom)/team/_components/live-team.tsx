'use client'

import { useRouter } from 'next/navigation'
import { useNewsroom } from '../../../_collab/newsroom.tsx'

/** Reads the page again when the team changes somewhere else. */
export function LiveTeam() {
  const router = useRouter()
  useNewsroom((news) => {
    if (news.type === 'team' || news.type === 'returned') router.refresh()
  })
  return null
}
