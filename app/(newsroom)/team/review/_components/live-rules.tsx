'use client'

import { useRouter } from 'next/navigation'
import { useNewsroom } from '#app/_collab/newsroom.tsx'

/** Reads the page again when the rules change somewhere else. */
export function LiveRules() {
  const router = useRouter()
  useNewsroom((news) => {
    if (news.type === 'rules' || news.type === 'returned') router.refresh()
  })
  return null
}
