'use client'

import { usePathname } from 'next/navigation'
import type { ReactNode } from 'react'

/** One draft takes a phone's whole screen: its own header leads back, its toolbar holds the foot. */
const IMMERSIVE = /^\/drafts\/[^/]+$/

export function Frame({ children }: { children: ReactNode }) {
  const immersive = IMMERSIVE.test(usePathname())
  return (
    <div
      data-shell=""
      data-immersive={immersive || undefined}
      className="group/shell min-h-dvh md:grid md:grid-cols-[15rem_minmax(0,1fr)]"
    >
      {children}
    </div>
  )
}
