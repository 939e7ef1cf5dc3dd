'use client'

import { useEffect } from 'react'
import { useOnDemand } from '#app/_ui/on-demand.ts'
import { useDesk } from '../desk.tsx'

const loadTimeline = () => import('./timeline-panel.tsx').then((module) => module.TimelinePanel)

/** The revisions of a draft, compared with one another and with the text of now. */
export function HistoryPanel() {
  const { panel } = useDesk()
  const { Part: Timeline, want } = useOnDemand(loadTimeline)
  const wanted = panel === 'history'
  useEffect(() => {
    if (wanted) want()
  }, [wanted, want])
  return wanted && Timeline && <Timeline />
}
