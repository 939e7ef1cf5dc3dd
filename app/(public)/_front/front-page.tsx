import { useFormatter, useNow, useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Logo } from '../../_ui/logo.tsx'
import { LanguageSwitch } from './language-switch.tsx'

type Props = {
  /** The entity's name once it has one. */
  newsroomName: string | null
  kicker: string
  title: string
  /** What there is to know before filling the form. */
  lead: ReactNode
  /** The form; without one, the lead has the page to itself. */
  children?: ReactNode
}

/** The pages before the door are set like a front page: masthead, dateline, lead, and one thing to do. */
export function FrontPage({ newsroomName, kicker, title, lead, children }: Props) {
  const t = useTranslations('common')
  const format = useFormatter()
  const now = useNow()
  return (
    <div className="mx-auto flex min-h-dvh w-full max-w-4xl flex-col px-5 pt-6 pb-5 sm:px-8 sm:pt-10">
      <header>
        <p className="flex items-center justify-center gap-3 text-center font-semibold font-serif text-2xl sm:text-3xl">
          <Logo className="h-[0.9em] w-auto shrink-0 text-accent" />
          {newsroomName ?? 'Pupitre'}
        </p>
        <div className="masthead-rule mt-4 sm:mt-6" />
        <div className="figures flex justify-between gap-4 border-rule border-b py-1.5 text-faint text-xs">
          <time dateTime={now.toISOString()}>
            {format.dateTime(now, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })}
          </time>
          <span>{t('desk')}</span>
        </div>
      </header>
      <main className="grid grow content-start gap-8 py-8 md:grid-cols-[minmax(0,1fr)_22.5rem] md:gap-0 md:py-14">
        <div className="md:pr-12">
          <p className="kicker">{kicker}</p>
          <h1 className="mt-1.5 font-semibold font-serif text-2xl md:text-3xl">{title}</h1>
          <div className="mt-3 font-serif text-lg text-soft [&>p+p]:mt-3">{lead}</div>
        </div>
        {children && <div className="md:border-rule md:border-l md:pl-12">{children}</div>}
      </main>
      <footer className="flex items-center justify-between gap-4 border-rule border-t pt-3 text-faint text-xs">
        <span>Pupitre</span>
        <LanguageSwitch />
      </footer>
    </div>
  )
}
