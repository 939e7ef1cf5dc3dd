import { Bell, CalendarDays, type LucideIcon, NotebookPen, Users } from 'lucide-react'

/** The rooms of the newsroom, in the order of the navigation. `key` names each in the messages of the shell. */
export const DESTINATIONS = [
  { href: '/calendar', key: 'calendar', icon: CalendarDays, letter: 'c' },
  { href: '/drafts', key: 'drafts', icon: NotebookPen, letter: 'd' },
  { href: '/inbox', key: 'inbox', icon: Bell, letter: 'n' },
  { href: '/team', key: 'team', icon: Users, letter: 't' },
] as const satisfies readonly { href: string; key: string; icon: LucideIcon; letter: string }[]

export const isUnder = (pathname: string, href: string) =>
  pathname === href || pathname.startsWith(`${href}/`)
