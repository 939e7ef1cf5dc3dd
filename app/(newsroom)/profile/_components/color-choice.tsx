'use client'

import { useTranslations } from 'next-intl'
import { COLORS, type Color } from '#lib/domain/accounts/colors.ts'
import { Avatar } from '../../../_ui/avatar.tsx'

type Props = {
  /** Shown on the sample, as colleagues will see it. */
  name: string
  value: Color | null
  onChange: (color: Color) => void
  error: string | undefined
}

/** The palette, and a sample of what colleagues will see. */
export function ColorChoice({ name, value, onChange, error }: Props) {
  const t = useTranslations('profile')
  return (
    <fieldset aria-describedby="color-hint">
      <legend className="font-medium text-sm">{t('identity.color')}</legend>
      <p id="color-hint" className="mt-0.5 text-faint text-sm">
        {t('identity.colorHint')}
      </p>
      <div className="mt-2 flex flex-wrap items-center gap-x-5 gap-y-3">
        <div className="grid grid-cols-6 gap-1">
          {COLORS.map((color) => (
            <label
              key={color}
              className="relative grid size-(--control) cursor-pointer place-items-center"
              title={nameOf(t, color)}
            >
              <input
                type="radio"
                name="color"
                value={color}
                checked={color === value}
                onChange={() => onChange(color)}
                aria-label={nameOf(t, color)}
                className="peer absolute inset-0 cursor-pointer appearance-none rounded-full"
              />
              <span
                aria-hidden="true"
                style={{ backgroundColor: color }}
                className="size-6 rounded-full ring-ink ring-offset-3 ring-offset-paper peer-checked:ring-2"
              />
            </label>
          ))}
        </div>
        {value && (
          <div aria-hidden="true" className="flex min-w-40 items-center gap-3">
            <Avatar name={name} color={value} size="large" decorative />
            <CaretSample name={name} color={value} />
          </div>
        )}
      </div>
      {error && <p className="mt-1.5 text-danger text-sm">{error}</p>}
    </fieldset>
  )
}

const nameOf = (t: ReturnType<typeof useTranslations<'profile'>>, color: Color) =>
  t(`colors.${color.slice(1) as 'b3261e'}`)

function CaretSample({ name, color }: { name: string; color: Color }) {
  return (
    <span className="relative mt-4 inline-block h-6 border-l-2" style={{ borderColor: color }}>
      <span
        style={{ backgroundColor: color }}
        className="absolute -top-4 -left-0.5 max-w-28 truncate rounded-r-xs rounded-tl-xs px-1 text-white text-xs leading-4"
      >
        {name.trim().split(/\s+/)[0]}
      </span>
    </span>
  )
}
