import type { ReactNode } from 'react'
import { Logo } from './logo.tsx'

type Props = { kicker: string; title: string; children: ReactNode; action: ReactNode }

/** A page that says one thing, such as that there is nothing here. */
export function Notice({ kicker, title, children, action }: Props) {
  return (
    <main className="mx-auto flex min-h-[80dvh] w-full max-w-lg flex-col justify-center px-6 py-12">
      <Logo className="h-7 w-auto self-start text-accent" />
      <div className="masthead-rule mt-5" />
      <p className="kicker mt-6">{kicker}</p>
      <h1 className="mt-1.5 font-semibold font-serif text-3xl">{title}</h1>
      <p className="mt-3 font-serif text-lg text-soft">{children}</p>
      <div className="mt-6">{action}</div>
    </main>
  )
}
