'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { DESTINATIONS, isUnder } from './destinations.ts'
import { UnreadCount } from './unread-count.tsx'

/** The rooms, down the side of a large screen. */
export function SideLinks() {
  const t = useTranslations('shell')
  const pathname = usePathname()
  return (
    <ul className="flex flex-col gap-px">
      {DESTINATIONS.map(({ href, key, icon: Icon }) => (
        <li key={key}>
          <Link
            href={href}
            aria-current={isUnder(pathname, href) ? 'page' : undefined}
            className="group flex h-(--control) items-center gap-2.5 rounded-sm border-transparent border-l-3 px-2.5 text-soft transition-colors hover:bg-well hover:text-ink aria-[current]:rounded-l-none aria-[current]:border-accent aria-[current]:bg-well aria-[current]:font-medium aria-[current]:text-ink"
          >
            <Icon aria-hidden="true" className="size-4 group-aria-[current]:text-accent" />
            {t(`rooms.${key}`)}
            {key === 'inbox' && <UnreadCount shape="line" />}
          </Link>
        </li>
      ))}
    </ul>
  )
}

/** The same, along the foot of a phone. */
export function FootLinks() {
  const t = useTranslations('shell')
  const pathname = usePathname()
  return (
    <ul className="flex h-14">
      {DESTINATIONS.map(({ href, key, icon: Icon }) => (
        <li key={key} className="flex-1">
          <Link
            href={href}
            aria-current={isUnder(pathname, href) ? 'page' : undefined}
            className="group relative -mt-px flex h-full flex-col items-center justify-center gap-0.5 border-transparent border-t-3 text-faint text-xs outline-offset-[-3px] aria-[current]:border-accent aria-[current]:font-medium aria-[current]:text-ink"
          >
            <Icon aria-hidden="true" className="size-5 group-aria-[current]:text-accent" />
            {t(`rooms.${key}`)}
            {key === 'inbox' && <UnreadCount shape="corner" />}
          </Link>
        </li>
      ))}
    </ul>
  )
}
