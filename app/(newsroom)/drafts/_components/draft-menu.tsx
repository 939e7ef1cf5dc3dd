'use client'

import { useOnDemand } from '#app/_ui/on-demand.ts'
import { type DraftMenuProps, MenuButton } from './menu-button.tsx'

const load = () => import('./draft-menu-open.tsx').then((module) => module.DraftMenuOpen)

/** The menu of one draft, which comes with the first press. */
export function DraftMenu(props: DraftMenuProps) {
  const { Part, want } = useOnDemand(load)
  if (Part) return <Part {...props} />
  return <MenuButton label={props.label} aria-haspopup="menu" aria-expanded={false} onClick={want} />
}
