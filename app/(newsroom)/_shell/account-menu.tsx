'use client'

import { useOnDemand } from '../../_ui/on-demand.ts'
import { type AccountMenuProps, FaceTrigger, LineTrigger } from './account-trigger.tsx'

const load = () => import('./account-menu-open.tsx').then((module) => module.AccountMenuOpen)

/** Who is signed in, and the menu behind it, which comes with the first press. */
export function AccountMenu(props: AccountMenuProps) {
  const { Part, want } = useOnDemand(load)
  if (Part) return <Part {...props} />
  const Trigger = props.shape === 'line' ? LineTrigger : FaceTrigger
  return <Trigger who={props.who} aria-haspopup="menu" aria-expanded={false} onClick={want} />
}
