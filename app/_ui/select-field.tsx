'use client'

import { ChevronDown } from 'lucide-react'
import { type ComponentProps, useId } from 'react'
import { classNames } from './class-names.ts'
import { describedBy, Field, type FieldWords } from './field.tsx'
import { FIELD_LOOK } from './field-look.ts'

type Props = Omit<ComponentProps<'select'>, 'id'> &
  FieldWords & { options: readonly { value: string; label: string }[] }

/** A choice of one. The control is the system's own: phones show the picker that their owner knows. */
export function SelectField({ label, hint, error, options, className, ...rest }: Props) {
  const id = useId()
  return (
    <Field id={id} label={label} hint={hint} error={error}>
      <div className="relative">
        <select
          {...rest}
          id={id}
          aria-invalid={error ? true : undefined}
          aria-describedby={describedBy(id, { label, hint, error })}
          className={classNames(FIELD_LOOK, 'appearance-none pr-9', className)}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
        <ChevronDown
          aria-hidden="true"
          className="pointer-events-none absolute top-1/2 right-2.5 size-4 -translate-y-1/2 text-faint"
        />
      </div>
    </Field>
  )
}
