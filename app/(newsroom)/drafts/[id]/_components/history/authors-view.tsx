'use client'

import { UserRoundPen } from 'lucide-react'
import { useFormatter, useTranslations } from 'next-intl'
import { type ReactNode, useEffect, useEffectEvent, useMemo, useRef, useState } from 'react'
import { Avatar } from '#app/_ui/avatar.tsx'
import { inkOn } from '#app/_ui/avatar-letters.ts'
import type { DraftText } from '#lib/domain/body.ts'
import { sharesOf } from '#lib/domain/history/attributed.ts'
import type { Passage } from '#lib/domain/history/revision.ts'
import type { VolunteerId } from '#lib/domain/ids.ts'
import { useNames } from './names.ts'
import { PastText, signedText } from './past-text.tsx'

type By = VolunteerId | null
/** The colour of whoever is not known. */
const NOBODY = '#767676'

type Props = { text: DraftText; passages: readonly Passage[] }

/** Who wrote which passage: in colour, in words, and for whatever is selected. */
export function AuthorsView({ text, passages }: Props) {
  const t = useTranslations('history.authors')
  const { find, nameOf, namesOf } = useNames()
  const frame = useRef<HTMLDivElement>(null)
  const [named, setNamed] = useState(true)
  const [chosen, setChosen] = useState<readonly By[]>([])
  useSelected(frame, setChosen)
  const signed = useMemo(() => signedText(text, passages), [text, passages])
  const paint = ({ by, first, children }: { by: By; first: boolean; children: ReactNode }) => {
    const color = (by && find(by)?.color) || NOBODY
    const isChosen = chosen.includes(by)
    const wash = `color-mix(in srgb, ${color} ${isChosen ? 34 : 10}%, transparent)`
    return (
      <span
        className="past-run"
        data-by={by ?? ''}
        data-chosen={isChosen || undefined}
        style={{ borderColor: color, backgroundColor: wash }}
      >
        {first && named && (
          <span className="past-who font-sans" style={{ backgroundColor: color, color: inkOn(color) }}>
            {nameOf(by)}
          </span>
        )}
        {children}
      </span>
    )
  }
  return (
    <div ref={frame} className="flex min-h-full flex-col">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1 border-rule border-b px-4 py-2 text-sm">
        <Legend passages={passages} />
        <label className="ml-auto flex min-h-(--control-small) items-center gap-2">
          <input type="checkbox" checked={named} onChange={(event) => setNamed(event.target.checked)} />
          {t('names')}
        </label>
      </div>
      <div className="grow px-4 py-4">
        <PastText text={signed} signed={paint} />
      </div>
      <p role="status" className="past-answer">
        <UserRoundPen aria-hidden="true" className="size-4 shrink-0" />
        {chosen.length > 0 ? t('passage', { names: namesOf(chosen) }) : t('hint')}
      </p>
    </div>
  )
}

const PERCENT = { style: 'percent' } as const

function Legend({ passages }: { passages: readonly Passage[] }) {
  const t = useTranslations('history.authors')
  const format = useFormatter()
  const { find, nameOf } = useNames()
  const shares = sharesOf(passages)
  const whole = shares.reduce((sum, [, length]) => sum + length, 0)
  return (
    <ul aria-label={t('legend')} className="flex flex-wrap gap-x-4 gap-y-1">
      {shares.map(([by, length]) => {
        const person = by && find(by)
        return (
          <li key={by ?? ''} className="figures flex items-center gap-1.5">
            {person && <Avatar name={person.name} color={person.color} size="small" decorative />}
            {t('share', { name: nameOf(by), share: format.number(length / Math.max(whole, 1), PERCENT) })}
          </li>
        )
      })}
    </ul>
  )
}

/** Tells whose words are selected, or under the pointer that was pressed. */
function useSelected(
  frame: React.RefObject<HTMLElement | null>,
  onChosen: (chosen: readonly By[]) => void,
): void {
  const look = useEffectEvent(() => {
    const selection = getSelection()
    const anchor = selection?.anchorNode
    if (!selection || !anchor || !frame.current?.contains(anchor) || selection.rangeCount === 0) return
    const range = selection.getRangeAt(0)
    const runs = [...frame.current.querySelectorAll<HTMLElement>('.past-run')]
    const touched = runs.filter((run) => range.intersectsNode(run)).map((run) => byOf(run))
    if (touched.length > 0) onChosen([...new Set(touched)])
  })
  // A finger that taps selects nothing.
  const press = useEffectEvent((target: EventTarget | null) => {
    const run = target instanceof Element ? target.closest<HTMLElement>('.past-run') : null
    if (run && getSelection()?.isCollapsed !== false) onChosen([byOf(run)])
  })
  useEffect(() => {
    const onChange = () => look()
    const onPress = ({ target }: MouseEvent) => press(target)
    const place = frame.current
    document.addEventListener('selectionchange', onChange)
    place?.addEventListener('click', onPress)
    return () => {
      document.removeEventListener('selectionchange', onChange)
      place?.removeEventListener('click', onPress)
    }
  }, [frame])
}

const byOf = ({ dataset }: HTMLElement): By => (dataset.by ? (dataset.by as VolunteerId) : null)
