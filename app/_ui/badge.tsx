import type { ReactNode } from 'react'

const TONES = {
  plain: 'border-rule text-soft',
  accent: 'border-transparent bg-accent-wash text-accent',
  good: 'border-transparent bg-good-wash text-good',
  warn: 'border-transparent bg-warn-wash text-warn',
  danger: 'border-transparent bg-danger-wash text-danger',
}

/** A word of status. The word carries the meaning, the colour only helps. */
export function Badge({ tone = 'plain', children }: { tone?: keyof typeof TONES; children: ReactNode }) {
  return (
    <span
      className={`inline-flex items-center gap-1 whitespace-nowrap rounded-xs border px-1.5 py-px font-medium text-xs ${TONES[tone]}`}
    >
      {children}
    </span>
  )
}
