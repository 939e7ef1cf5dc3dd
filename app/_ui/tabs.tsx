'use client'

import { Tabs as Base } from '@base-ui/react/tabs'
import type { ReactNode } from 'react'

type Props = {
  /** Accessible name of the row of tabs. */
  label: string
  value?: string
  onChange?: (value: string) => void
  tabs: readonly { value: string; label: ReactNode; panel: ReactNode }[]
}

export function Tabs({ label, value, onChange, tabs }: Props) {
  const state = value === undefined ? { defaultValue: tabs[0]?.value } : { value }
  return (
    <Base.Root {...state} onValueChange={(next: string) => onChange?.(next)}>
      <Base.List aria-label={label} className="flex gap-5 border-rule border-b">
        {tabs.map((tab) => (
          <Base.Tab
            key={tab.value}
            value={tab.value}
            className="-mb-px h-(--control) border-transparent border-b-2 text-soft hover:text-ink data-active:border-accent data-active:font-medium data-active:text-ink"
          >
            {tab.label}
          </Base.Tab>
        ))}
      </Base.List>
      {tabs.map((tab) => (
        <Base.Panel key={tab.value} value={tab.value} className="pt-4">
          {tab.panel}
        </Base.Panel>
      ))}
    </Base.Root>
  )
}
