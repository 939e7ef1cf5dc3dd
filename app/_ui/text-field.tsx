'use client'

import { type ComponentProps, type ReactNode, useId } from 'react'
import { classNames } from './class-names.ts'
import { describedBy, Field, type FieldWords } from './field.tsx'
import { FIELD_LOOK } from './field-look.ts'

type Props = Omit<ComponentProps<'input'>, 'id'> & FieldWords & { trailing?: ReactNode }

/** One line of text. `trailing` sits inside the field's right end (a small button). */
export function TextField({ label, hint, error, trailing, className, ...rest }: Props) {
  const id = useId()
  return (
    <Field id={id} label={label} hint={hint} error={error}>
      <div className="relative">
        <input
          {...rest}
          id={id}
          aria-invalid={error ? true : undefined}
          aria-describedby={describedBy(id, { label, hint, error })}
          className={classNames(FIELD_LOOK, 'read-only:bg-well', trailing ? 'pr-12' : null, className)}
        />
        {trailing && <div className="absolute inset-y-0 right-0 grid place-items-center">{trailing}</div>}
      </div>
    </Field>
  )
}
