'use client'

import { lazy, Suspense } from 'react'
import { useInBrowser } from '#app/_ui/use-in-browser.ts'
import { type DraftPageProps, DraftPlace } from './draft-place.tsx'
import './editor.css'

const loadDesk = () => import('./draft-desk.tsx')
// On its way before React has woken up: the text cannot be shown without it. Never on the server, where a
// second copy of Yjs would be loaded beside that of the rooms.
const loading = typeof window === 'undefined' ? null : loadDesk()
const Desk = lazy(() => loading ?? loadDesk())

/** A draft, whole: the server draws its place, the browser its text. */
export function DraftPage(props: DraftPageProps) {
  const inBrowser = useInBrowser()
  const place = <DraftPlace title={props.draft.title} />
  if (!inBrowser) return place
  return (
    <Suspense fallback={place}>
      <Desk {...props} key={props.draft.id} />
    </Suspense>
  )
}
