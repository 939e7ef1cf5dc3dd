'use client'

import { Ellipsis } from 'lucide-react'
import type { ComponentProps } from 'react'
import { iconButtonLook } from '#app/_ui/icon-button.tsx'
import type { DraftActs } from './use-draft-acts.ts'

export type DraftMenuProps = {
  id: string
  /** What the button is called: the draft’s name is in it. */
  label: string
  archived: boolean
  may: { create: boolean; archive: boolean }
  acts: DraftActs
  /** Absent where the title itself is under the hand. */
  onRename?: (() => void) | undefined
  /** Absent where the history has a button of its own, or no place to open. */
  onHistory?: (() => void) | undefined
  /** Null where it may not be planned. */
  onPlan: (() => void) | null
}

export function MenuButton({ label, ...rest }: { label: string } & ComponentProps<'button'>) {
  return (
    <button type="button" aria-label={label} {...rest} className={iconButtonLook()}>
      <Ellipsis aria-hidden="true" />
    </button>
  )
}
