'use client'

import { type ComponentType, useEffect, useRef, useState } from 'react'
import { onFirstToast } from '../../_ui/toast.ts'

type Place = ComponentType<{ label: string }>

/** Where toasts appear; drawn with the first one. */
export function News({ label }: { label: string }) {
  const [Toaster, setToaster] = useState<Place | null>(null)
  const waiting = useRef<(() => void)[]>([])
  const drawn = useRef(false)

  useEffect(() => {
    onFirstToast(async () => {
      const { Toaster: place } = await import('../../_ui/toaster.tsx')
      if (drawn.current) return
      await new Promise<void>((resolve) => {
        waiting.current.push(resolve)
        setToaster(() => place)
      })
    })
  }, [])
  // Toasts are lost where nothing listens yet: the first one waits until its place is in the page.
  useEffect(() => {
    drawn.current = Toaster !== null
    if (Toaster) for (const resolve of waiting.current.splice(0)) resolve()
  }, [Toaster])
  return Toaster && <Toaster label={label} />
}
