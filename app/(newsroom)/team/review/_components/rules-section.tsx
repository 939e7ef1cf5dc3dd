import type { ReactNode } from 'react'

export function RulesSection({
  title,
  hint,
  children,
}: {
  title: string
  hint?: string
  children: ReactNode
}) {
  return (
    <section className="mt-8">
      <h2 className="kicker border-rule border-b pb-2">{title}</h2>
      {hint && <p className="mt-3 text-soft">{hint}</p>}
      <div className="mt-3">{children}</div>
    </section>
  )
}
