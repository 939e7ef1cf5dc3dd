'use client'

import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useEffectEvent,
  useMemo,
  useState,
  useSyncExternalStore,
} from 'react'
import type { PersonHere } from '#lib/protocol/newsroom-events.ts'
import { type NewsroomLink, type NewsroomNews, openNewsroomLink } from './newsroom-link.ts'

const Context = createContext<NewsroomLink | null>(null)

const openSocket = () => new WebSocket(`${location.origin.replace(/^http/, 'ws')}/collab/newsroom`)

/** One socket for the whole newsroom, open as long as somebody is signed in on this page. */
export function NewsroomProvider({ children }: { children: ReactNode }) {
  const [link, setLink] = useState<NewsroomLink | null>(null)
  useEffect(() => {
    const opened = openNewsroomLink({ openSocket, random: Math.random })
    setLink(opened)
    return () => opened.close()
  }, [])
  return <Context value={link}>{children}</Context>
}

/** Hears the newsroom’s news. After a lost link comes `returned`: read again what you show. */
export function useNewsroom(onNews: (news: NewsroomNews) => void): void {
  const link = useContext(Context)
  const hear = useEffectEvent(onNews)
  useEffect(() => link?.listen((news) => hear(news)), [link])
}

const NOBODY: readonly PersonHere[] = []
const never = () => () => {}

/** Who has a draft open right now, live. */
export function usePeopleIn(draftId: string): readonly PersonHere[] {
  const link = useContext(Context)
  return useSyncExternalStore(
    link?.presences.subscribe ?? never,
    () => link?.presences.get()[draftId] ?? NOBODY,
    () => NOBODY,
  )
}

const NOWHERE: Readonly<Record<string, readonly PersonHere[]>> = {}

/** Everybody who has any draft open right now, once each, live. */
export function useEverybodyHere(): readonly PersonHere[] {
  const link = useContext(Context)
  const all = useSyncExternalStore(
    link?.presences.subscribe ?? never,
    () => link?.presences.get() ?? NOWHERE,
    () => NOWHERE,
  )
  return useMemo(() => {
    const people = Object.values(all).flat()
    return [...new Map(people.map((person) => [person.volunteerId, person])).values()]
  }, [all])
}

/** How long a page that has just been opened may look for the newsroom before it says that it is not there. */
const PATIENCE_MS = 2_000
/** A server that hands its people to another one loses them for a moment: longer than this is told. */
const RETURNS_WITHIN_MS = 2_000

/** The page need not try to know that it has no connection. */
function knowsItIsOffline(): boolean {
  if (!navigator.onLine) return true
  const [opened] = performance.getEntriesByType('navigation')
  // Set by public/offline.js on a page that it has kept, and shown because the server did not answer.
  if (!(opened instanceof PerformanceNavigationTiming)) return false
  return opened.serverTiming?.some(({ name }) => name === 'kept') ?? false
}

/** `away`: it has just been lost and is being tried again; `lost`: people are to know. */
type NewsroomContact = 'up' | 'away' | 'lost'

/** Whether news arrive: neither a page that is loading nor a server that changes flashes a warning. */
export function useNewsroomContact(): NewsroomContact {
  const connected = useNewsroomConnected()
  const [overdue, setOverdue] = useState(false)
  useEffect(() => {
    setOverdue(!connected && knowsItIsOffline())
    if (connected) return
    const tell = () => setOverdue(true)
    const timer = setTimeout(tell, RETURNS_WITHIN_MS)
    addEventListener('offline', tell)
    return () => {
      clearTimeout(timer)
      removeEventListener('offline', tell)
    }
  }, [connected])
  if (connected) return 'up'
  return overdue ? 'lost' : 'away'
}

/** True until a link was lost, and while a page that has just been opened is still looking for it. */
function useNewsroomConnected(): boolean {
  const link = useContext(Context)
  const [patient, setPatient] = useState(true)
  useEffect(() => {
    const stopWaiting = () => setPatient(false)
    if (knowsItIsOffline()) stopWaiting()
    const timer = setTimeout(stopWaiting, PATIENCE_MS)
    addEventListener('offline', stopWaiting)
    return () => {
      clearTimeout(timer)
      removeEventListener('offline', stopWaiting)
    }
  }, [])
  const connected = useSyncExternalStore(
    link?.connected.subscribe ?? never,
    () => link?.connected.get() ?? true,
    () => true,
  )
  return connected || patient
}
