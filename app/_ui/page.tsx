import type { ReactNode } from 'react'

type Props = {
  title: string
  /** A small fact beside the title, such as how many there are. */
  aside?: ReactNode
  /** What can be done here; the first thing is the one that matters most. */
  actions?: ReactNode
  width?: 'normal' | 'narrow'
  children: ReactNode
}

/** A page of the newsroom: its title over a thick rule, then its matter. */
export function Page({ title, aside, actions, width = 'normal', children }: Props) {
  return (
    <div
      className={`mx-auto w-full grow px-4 pt-5 pb-10 sm:px-8 sm:pt-9 ${width === 'narrow' ? 'max-w-2xl' : 'max-w-4xl'}`}
    >
      <div className="flex min-h-(--control) flex-wrap items-end justify-between gap-x-4 gap-y-3 border-ink border-b-3 pb-3">
        <div className="flex items-baseline gap-3">
          <h1 className="font-semibold font-serif text-2xl">{title}</h1>
          {aside && <span className="figures text-faint text-sm">{aside}</span>}
        </div>
        {actions}
      </div>
      {children}
    </div>
  )
}
