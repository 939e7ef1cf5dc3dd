import type { ReactNode } from 'react'

type Props = { title: string; lead?: string; id?: string; children: ReactNode }

/** A part of the profile: what it is on the left, its form on the right; one above the other on a phone. */
export function Section({ title, lead, id, children }: Props) {
  return (
    <section
      id={id}
      className="grid gap-x-10 gap-y-4 border-rule border-b py-7 last:border-b-0 md:grid-cols-[13rem_minmax(0,26rem)]"
    >
      <div>
        <h2 className="font-semibold font-serif text-lg">{title}</h2>
        {lead && <p className="mt-1 text-faint text-sm">{lead}</p>}
      </div>
      {children}
    </section>
  )
}
