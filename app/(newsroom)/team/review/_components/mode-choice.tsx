'use client'

import { useTranslations } from 'next-intl'
import { REVIEW_MODES, type ReviewMode } from '#lib/domain/review/settings.ts'

/** Whose approval a text needs. */
export function ModeChoice({ value, onChange }: { value: ReviewMode; onChange: (mode: ReviewMode) => void }) {
  const t = useTranslations('review')
  return (
    <fieldset className="flex flex-col gap-1">
      <legend className="sr-only">{t('rules.mode')}</legend>
      {REVIEW_MODES.map((mode) => (
        <label
          key={mode}
          className="flex min-h-(--control) items-start gap-3 rounded-sm px-2 py-1.5 hover:bg-well has-checked:bg-accent-wash"
        >
          <input
            type="radio"
            name="mode"
            value={mode}
            checked={value === mode}
            onChange={() => onChange(mode)}
            className="mt-0.5 size-4.5 shrink-0 accent-accent"
          />
          <span className="min-w-0">
            <span className="block font-medium">{t(`modes.${mode}.name`)}</span>
            <span className="block text-soft text-sm">{t(`modes.${mode}.meaning`)}</span>
          </span>
        </label>
      ))}
    </fieldset>
  )
}
