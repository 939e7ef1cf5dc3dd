import { type ComponentProps, useId } from 'react'
import { classNames } from './class-names.ts'
import { describedBy, Field, type FieldWords } from './field.tsx'
import { FIELD_LOOK } from './field-look.ts'

type Props = Omit<ComponentProps<'textarea'>, 'id'> & FieldWords

/** A few lines of text; grows with what is written. */
export function TextArea({ label, hint, error, className, ...rest }: Props) {
  const id = useId()
  return (
    <Field id={id} label={label} hint={hint} error={error}>
      <textarea
        rows={3}
        {...rest}
        id={id}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy(id, { label, hint, error })}
        className={classNames(
          FIELD_LOOK,
          'field-sizing-content h-auto max-h-60 min-h-20 resize-y py-2',
          className,
        )}
      />
    </Field>
  )
}
