import type { ReactNode } from 'react'

/** A part of the panel, under its own heading. */
export function ReviewPart({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="flex flex-col gap-3 border-rule border-b px-4 py-4 last:border-b-0">
      <h3 className="kicker">{title}</h3>
      {children}
    </section>
  )
}
