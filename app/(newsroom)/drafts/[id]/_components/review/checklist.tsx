'use client'

import { CircleAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useId } from 'react'

type Props = {
  points: readonly string[]
  ticked: readonly string[]
  onChange: (ticked: readonly string[]) => void
  error: string | undefined
}

/** What a reviewer looks at, in the newsroom’s own words; each point is ticked before approving. */
export function Checklist({ points, ticked, onChange, error }: Props) {
  const t = useTranslations('review.judge')
  const errorId = useId()
  if (points.length === 0) return null
  const toggle = (point: string) =>
    onChange(ticked.includes(point) ? ticked.filter((one) => one !== point) : [...ticked, point])
  return (
    <fieldset className="min-w-0" aria-describedby={error ? errorId : undefined}>
      <legend className="mb-1 font-medium text-sm">{t('checklist')}</legend>
      {points.map((point) => (
        <label key={point} className="flex min-h-(--control-small) items-start gap-2.5 py-1">
          <input
            type="checkbox"
            checked={ticked.includes(point)}
            onChange={() => toggle(point)}
            className="mt-0.5 size-4.5 shrink-0 accent-accent"
          />
          <span className="min-w-0">{point}</span>
        </label>
      ))}
      {error && (
        <p id={errorId} role="alert" className="mt-1 flex items-start gap-1.5 text-danger text-sm">
          <CircleAlert aria-hidden="true" className="mt-0.5 size-3.5 shrink-0" />
          {error}
        </p>
      )}
    </fieldset>
  )
}
