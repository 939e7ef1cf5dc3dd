import Link from 'next/link'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Logo } from '../../_ui/logo.tsx'
import type { Theme } from '../../_ui/theme.ts'
import { AccountMenu } from './account-menu.tsx'
import { CommandsProvider } from './commands.tsx'
import { Dateline } from './dateline.tsx'
import { Frame } from './frame.tsx'
import { FootLinks, SideLinks } from './nav-links.tsx'
import { News } from './news.tsx'
import { PaletteButton } from './palette-button.tsx'

type Props = {
  newsroomName: string
  who: { id: string; name: string; color: string; role: string }
  theme: Theme
  modifier: '⌘' | 'Ctrl'
  canCreate: boolean
  /** What concerns the whole newsroom right now: a lost connection, a new version to load. */
  banner?: ReactNode
  children: ReactNode
}

export function Shell({ newsroomName, who, theme, modifier, canCreate, banner, children }: Props) {
  const t = useTranslations('shell')
  return (
    <CommandsProvider modifier={modifier} canCreate={canCreate}>
      <a
        href="#main"
        className="sr-only z-50 bg-accent px-4 py-3 text-on-accent focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        {t('skip')}
      </a>
      <Frame>
        <aside className="sticky top-0 hidden h-dvh flex-col gap-4 border-rule border-r px-3 pt-5 pb-3 md:flex">
          <NewsroomName name={newsroomName} />
          <PaletteButton shape="line" />
          <nav aria-label={t('rooms.label')} className="grow overflow-y-auto">
            <SideLinks />
          </nav>
          <AccountMenu who={who} theme={theme} shape="line" />
        </aside>

        <header className="sticky top-0 z-20 flex h-13 items-center gap-1 border-rule border-b bg-paper pr-1 pl-4 group-data-immersive/shell:hidden md:hidden">
          <Link href="/drafts" className="flex min-w-0 grow items-center gap-2 py-2">
            <Logo className="h-4.5 w-auto shrink-0 text-accent" />
            <span className="truncate font-semibold font-serif text-lg">{newsroomName}</span>
          </Link>
          <PaletteButton shape="icon" />
          <AccountMenu who={who} theme={theme} shape="face" />
        </header>

        <div className="flex min-h-[calc(100dvh-3.25rem)] min-w-0 flex-col pb-(--foot) group-data-immersive/shell:min-h-dvh md:min-h-dvh">
          {banner}
          <main id="main" tabIndex={-1} className="flex grow flex-col outline-none">
            {children}
          </main>
        </div>

        <nav
          aria-label={t('rooms.label')}
          className="fixed inset-x-0 bottom-0 z-20 border-rule border-t bg-paper pb-[env(safe-area-inset-bottom)] group-data-immersive/shell:hidden md:hidden"
        >
          <FootLinks />
        </nav>
        <News label={t('news')} />
      </Frame>
    </CommandsProvider>
  )
}

function NewsroomName({ name }: { name: string }) {
  return (
    <div className="px-2">
      <Link href="/drafts" className="block">
        <span className="flex items-start gap-2">
          <Logo className="mt-1 h-4.5 w-auto shrink-0 text-accent" />
          <span className="line-clamp-2 font-semibold font-serif text-lg leading-tight">{name}</span>
        </span>
        <span className="masthead-rule mt-3 block" />
      </Link>
      <Dateline />
    </div>
  )
}
