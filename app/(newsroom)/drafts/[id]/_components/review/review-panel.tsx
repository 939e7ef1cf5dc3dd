'use client'

import { useEffect } from 'react'
import { useOnDemand } from '#app/_ui/on-demand.ts'
import { useDesk } from '../desk.tsx'

const loadParts = () => import('./review-parts.tsx').then((module) => module.ReviewParts)

/** Where the draft stands in its review, and what can be done next. */
export function ReviewPanel() {
  const { panel } = useDesk()
  const { Part, want } = useOnDemand(loadParts)
  const shown = panel === 'review'
  useEffect(() => {
    if (shown) want()
  }, [shown, want])
  return shown && Part ? <Part /> : null
}
