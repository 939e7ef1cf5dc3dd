'use client'

import dynamic from 'next/dynamic'

const Toaster = dynamic(() => import('../../_ui/toaster.tsx').then((module) => module.Toaster), {
  ssr: false,
})

/** Where toasts appear; loaded after the page is usable. */
export function News({ label }: { label: string }) {
  return <Toaster label={label} />
}
