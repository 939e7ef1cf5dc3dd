'use client'

import { Menu as Base } from '@base-ui/react/menu'
import { Check } from 'lucide-react'
import { Avatar } from '#app/_ui/avatar.tsx'
import type { Choice } from './filters-dimensions.ts'

/** A line of a menu that can be checked; the menu stays open, for several are chosen at a time. */
export function FilterMenuLine({ choice }: { choice: Choice }) {
  const { label, chosen, toggle, person } = choice
  return (
    <Base.CheckboxItem
      checked={chosen}
      onCheckedChange={toggle}
      closeOnClick={false}
      className="flex min-h-(--control-small) w-full select-none items-center gap-2.5 rounded-sm px-2.5 py-1 text-left text-base outline-none data-highlighted:bg-well"
    >
      <span
        aria-hidden="true"
        className="grid size-4 shrink-0 place-items-center rounded-xs border border-edge text-on-accent in-aria-checked:border-accent in-aria-checked:bg-accent"
      >
        {chosen && <Check className="size-3" />}
      </span>
      {person && <Avatar name={person.name} color={person.color} size="small" decorative />}
      <span className="truncate">{label}</span>
    </Base.CheckboxItem>
  )
}
