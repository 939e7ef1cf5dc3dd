'use client'

import { type ComponentType, useEffect, useState } from 'react'
import { useCell } from '#app/_collab/use-cell.ts'
import { type Asked, asked, type DialogName, type DialogProps } from './dialog-asked.ts'

const LOAD: { readonly [N in DialogName]: () => Promise<ComponentType<DialogProps<N>>> } = {
  search: () => import('./filters/search-dialog.tsx').then((module) => module.SearchDialog),
  warnings: () => import('./warnings/warnings-panel.tsx').then((module) => module.WarningsPanel),
  feed: () => import('./exchange/feed-dialog.tsx').then((module) => module.FeedDialog),
  settings: () => import('./settings/settings-dialog.tsx').then((module) => module.SettingsDialog),
  import: () => import('./exchange/import-dialog.tsx').then((module) => module.ImportDialog),
  copyDays: () => import('./days/copy-days-dialog.tsx').then((module) => module.CopyDaysDialog),
  lockDay: () => import('./days/day-lock-dialog.tsx').then((module) => module.DayLockDialog),
  planDraft: () => import('./drafts/unplanned-plan-dialog.tsx').then((module) => module.PlanDraftDialog),
}

/** Where they are shown; once on the page. Their code comes when they are first asked for. */
export function Dialogs() {
  const what = useCell(asked)
  useEffect(() => () => asked.set(null), [])
  return what && <Shown key={what.name} asked={what} />
}

function Shown<N extends DialogName>({ asked: what }: { asked: Extract<Asked, { name: N }> }) {
  const [Part, setPart] = useState<ComponentType<DialogProps<N>> | null>(null)
  const load = LOAD[what.name as N]
  useEffect(() => {
    let wanted = true
    // Out of reach without a connection: the press does nothing, the next one tries again.
    load().then(
      (part) => wanted && setPart(() => part),
      () => asked.set(null),
    )
    return () => {
      wanted = false
    }
  }, [load])
  return Part && <Part asked={what} onClose={() => asked.set(null)} />
}
