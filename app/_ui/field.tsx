import { CircleAlert } from 'lucide-react'
import type { ReactNode } from 'react'

export type FieldWords = {
  label: string
  /** Said under the label, before anything goes wrong. */
  hint?: ReactNode
  /** What is wrong and how to put it right. */
  error?: string | undefined
}

/** The ids that tie a control to its words; undefined when there is nothing to point at. */
export function describedBy(id: string, { hint, error }: FieldWords): string | undefined {
  return [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ') || undefined
}

/** A control with its label above and its error below. */
export function Field({
  id,
  label,
  hint,
  error,
  children,
}: FieldWords & { id: string; children: ReactNode }) {
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="font-medium text-sm">
        {label}
      </label>
      {hint && (
        <p id={`${id}-hint`} className="-mt-1 text-faint text-sm">
          {hint}
        </p>
      )}
      {children}
      {error && (
        <p id={`${id}-error`} className="flex items-start gap-1.5 text-danger text-sm">
          <CircleAlert aria-hidden="true" className="mt-0.5 size-3.5 shrink-0" />
          {error}
        </p>
      )}
    </div>
  )
}
