'use client'

import { CalendarRange, Repeat, SquareDot } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { cell } from '#app/_collab/cell.ts'
import { useCell } from '#app/_collab/use-cell.ts'
import { Dialog } from '#app/_ui/dialog.tsx'
import { SCOPES, type Scope } from '#lib/domain/calendar/series.ts'

export type ScopeAct = 'move' | 'change' | 'remove'

type Question = {
  readonly act: ScopeAct
  readonly offered: readonly Scope[]
  readonly answer: (scope: Scope | null) => void
}

const asked = cell<Question | null>(null)

/**
 * Asks how much of a series an act is about. One question at a time: a new one takes back the one before it.
 * @returns null where the person changed their mind
 */
export function askScope(act: ScopeAct, offered: readonly Scope[] = SCOPES): Promise<Scope | null> {
  asked.get()?.answer(null)
  return new Promise((resolve) => {
    const answer = (scope: Scope | null) => {
      asked.set(null)
      resolve(scope)
    }
    asked.set({ act, offered, answer })
  })
}

const ICONS: Readonly<Record<Scope, ReactNode>> = {
  this: <SquareDot aria-hidden="true" />,
  following: <CalendarRange aria-hidden="true" />,
  all: <Repeat aria-hidden="true" />,
}

/** Where `askScope` asks; once on the page. */
export function ScopeDialog() {
  const t = useTranslations('calendar.sheet.scope')
  const common = useTranslations('common')
  const question = useCell(asked)
  if (!question) return null
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && question.answer(null)}
      title={t(`title.${question.act}`)}
      description={t('why')}
      closeLabel={common('cancel')}
    >
      <div className="flex flex-col gap-2">
        {question.offered.map((scope) => (
          <button
            key={scope}
            type="button"
            onClick={() => question.answer(scope)}
            className="flex min-h-(--control) items-center gap-3 rounded-sm border border-edge px-3 py-2 text-left hover:border-ink hover:bg-well [&_svg]:size-5 [&_svg]:shrink-0 [&_svg]:text-faint"
          >
            {ICONS[scope]}
            <span>
              <span className="block font-medium">{t(`${scope}.name`)}</span>
              <span className="block text-faint text-sm">{t(`${scope}.meaning`)}</span>
            </span>
          </button>
        ))}
      </div>
    </Dialog>
  )
}
