'use client'

import { lazy, Suspense, useSyncExternalStore } from 'react'
import type { DraftSummary, PersonHere } from '#lib/protocol/newsroom-events.ts'
import { TextSkeleton } from './desk-skeleton.tsx'
import './editor.css'

export type DraftPageProps = {
  draft: DraftSummary
  access: 'write' | 'read'
  person: PersonHere
  may: { create: boolean; archive: boolean }
  /** Keep the page for when there is no connection; not while developing. */
  keepOffline: boolean
}

const loadDesk = () => import('./draft-desk.tsx')
// On its way before React has woken up: the text cannot be shown without it. Never on the server, where a
// second copy of Yjs would be loaded beside that of the rooms.
const loading = typeof window === 'undefined' ? null : loadDesk()
const Desk = lazy(() => loading ?? loadDesk())

const never = () => () => {}
const useInBrowser = () =>
  useSyncExternalStore(
    never,
    () => true,
    () => false,
  )

/** A draft, whole: the server draws its place, the browser its text. */
export function DraftPage(props: DraftPageProps) {
  const inBrowser = useInBrowser()
  const place = (
    <>
      <div className="h-14 border-rule border-b" />
      <TextSkeleton title={props.draft.title} />
    </>
  )
  if (!inBrowser) return place
  return (
    <Suspense fallback={place}>
      <Desk {...props} key={props.draft.id} />
    </Suspense>
  )
}
