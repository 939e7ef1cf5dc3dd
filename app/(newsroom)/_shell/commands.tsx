'use client'

import { useRouter } from 'next/navigation'
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react'
import { useOnDemand } from '../../_ui/on-demand.ts'
import { DESTINATIONS } from './destinations.ts'
import { isTyping, singleKeysWanted } from './single-keys.ts'

// Both wait for their first use: no page pays for them to be shown.
const loadPalette = () => import('./palette.tsx').then((module) => module.Palette)
const loadHelp = () => import('./keyboard-help.tsx').then((module) => module.KeyboardHelp)

type Commands = {
  openPalette: () => void
  openHelp: () => void
  /** What the person's keyboard calls the command key. */
  modifier: '⌘' | 'Ctrl'
}

const Context = createContext<Commands | null>(null)

export function useCommands(): Commands {
  const commands = useContext(Context)
  if (!commands) throw new Error('useCommands needs CommandsProvider above it')
  return commands
}

/** Long enough to reach the second key of «g d», short enough not to surprise a minute later. */
const SEQUENCE_MS = 1200

export function CommandsProvider({ modifier, canCreate, children }: Props) {
  const router = useRouter()
  const [shown, setShown] = useState<'palette' | 'help' | null>(null)
  const { Part: Palette, want: wantPalette } = useOnDemand(loadPalette)
  const { Part: KeyboardHelp, want: wantHelp } = useOnDemand(loadHelp)
  const openPalette = useCallback(() => setShown('palette'), [])
  const openHelp = useCallback(() => setShown('help'), [])

  useEffect(() => {
    if (shown === 'palette') wantPalette()
    if (shown === 'help') wantHelp()
  }, [shown, wantPalette, wantHelp])

  useEffect(() => {
    let goPressedAt = 0
    function onKeyDown(event: KeyboardEvent) {
      if (event.defaultPrevented || event.isComposing) return
      if (
        (event.metaKey || event.ctrlKey) &&
        !event.altKey &&
        !event.shiftKey &&
        event.key.toLowerCase() === 'k'
      ) {
        event.preventDefault()
        setShown((now) => (now === 'palette' ? null : 'palette'))
        return
      }
      if (event.metaKey || event.ctrlKey || event.altKey || isTyping(event.target) || !singleKeysWanted())
        return
      if (event.key === '?') return setShown('help')
      if (event.key === 'g') {
        goPressedAt = event.timeStamp
        return
      }
      const destination = DESTINATIONS.find(({ letter }) => letter === event.key)
      if (destination && event.timeStamp - goPressedAt < SEQUENCE_MS) router.push(destination.href)
      goPressedAt = 0
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [router])

  const commands = useMemo(() => ({ openPalette, openHelp, modifier }), [openPalette, openHelp, modifier])
  const close = (open: boolean) => setShown((now) => (open ? now : null))
  return (
    <Context value={commands}>
      {children}
      {shown === 'palette' && Palette && (
        <Palette canCreate={canCreate} onOpenChange={close} onHelp={openHelp} />
      )}
      {shown === 'help' && KeyboardHelp && <KeyboardHelp modifier={modifier} onOpenChange={close} />}
    </Context>
  )
}

type Props = { modifier: Commands['modifier']; canCreate: boolean; children: ReactNode }
