'use client'

import { useCell } from '#app/_collab/use-cell.ts'
import type { PlainDay } from '#lib/domain/calendar/slot.ts'
import type { SlotId } from '#lib/domain/ids.ts'
import { useCalendar } from '../model.ts'
import { MoveDialog } from '../move/move-dialog.tsx'
import { SheetContent } from './slot-sheet-content.tsx'
import { SheetFrame } from './slot-sheet-frame.tsx'
import { SlotGone } from './slot-sheet-gone.tsx'
import { SheetSkeleton } from './slot-sheet-skeleton.tsx'
import { useOpenedSlot } from './slot-sheet-slot.ts'

/** The slot that is open, beside the plan or over a phone’s whole screen; nothing where none is. */
export function SlotSheet() {
  const model = useCalendar()
  const opened = useCell(model.opened)
  return (
    <>
      {opened && (
        <SheetFrame id={opened.slot} onClose={() => model.openSlot(null)}>
          <Opened key={opened.slot} id={opened.slot} pressed={opened.day} />
        </SheetFrame>
      )}
      <MoveDialog />
    </>
  )
}

function Opened({ id, pressed }: { id: SlotId; pressed: PlainDay | null }) {
  const found = useOpenedSlot(id)
  if (found.state === 'here')
    return <SheetContent slot={found.slot} pressed={pressed} archived={found.archived} />
  if (found.state === 'gone') return <SlotGone last={found.last} />
  return <SheetSkeleton unreachable={found.state === 'unreachable'} onRetry={found.again} />
}
