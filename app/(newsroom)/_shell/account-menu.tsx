'use client'

import { ChevronsUpDown, Keyboard, LogOut, Monitor, Moon, Sun, UserRound } from 'lucide-react'
import Link from 'next/link'
import { useLocale, useTranslations } from 'next-intl'
import { useSyncExternalStore } from 'react'
import { LOCALES } from '#lib/domain/permissions.ts'
import { Avatar } from '../../_ui/avatar.tsx'
import { Menu, MenuChoice, MenuItem, MenuLink, MenuSeparator } from '../../_ui/menu.tsx'
import { applyTheme, onThemeChange, shownTheme, THEMES, type Theme } from '../../_ui/theme.ts'
import { VisuallyHidden } from '../../_ui/visually-hidden.tsx'
import { useChooseLocale } from './choose-locale.ts'
import { useCommands } from './commands.tsx'
import { useSignOut } from './sign-out.tsx'

type Props = {
  who: { name: string; color: string; role: string }
  theme: Theme
  /** A whole line at the side, or only the face at the top of a phone. */
  shape: 'line' | 'face'
}

const THEME_ICONS = { system: <Monitor />, light: <Sun />, dark: <Moon /> }

export function AccountMenu({ who, theme: savedTheme, shape }: Props) {
  const t = useTranslations('shell')
  const common = useTranslations('common')
  const locale = useLocale()
  const theme = useSyncExternalStore(onThemeChange, shownTheme, () => savedTheme)
  const chooseLocale = useChooseLocale()
  const signOut = useSignOut()
  const { openHelp } = useCommands()

  return (
    <>
      <Menu
        side={shape === 'line' ? 'top' : 'bottom'}
        align={shape === 'line' ? 'start' : 'end'}
        trigger={shape === 'line' ? <LineTrigger who={who} /> : <FaceTrigger who={who} />}
      >
        <MenuLink link={<Link href="/profile" />} icon={<UserRound />}>
          {t('account.profile')}
        </MenuLink>
        <MenuItem icon={<Keyboard />} onSelect={openHelp}>
          {t('keys.title')}
        </MenuItem>
        <MenuSeparator />
        <MenuChoice
          label={t('account.theme')}
          value={theme}
          options={THEMES.map((value) => ({ value, label: t(`themes.${value}`), icon: THEME_ICONS[value] }))}
          onChange={(value) => {
            setTheme(value)
            applyTheme(value)
          }}
        />
        <MenuChoice
          label={t('account.language')}
          value={locale}
          options={LOCALES.map((value) => ({ value, label: common(`languages.${value}`) }))}
          onChange={chooseLocale}
        />
        <MenuSeparator />
        <MenuItem icon={<LogOut />} onSelect={() => void signOut.request()}>
          {t('account.signOut')}
        </MenuItem>
      </Menu>
      {signOut.dialog}
    </>
  )
}

function LineTrigger({ who, ...rest }: Pick<Props, 'who'>) {
  const t = useTranslations('shell')
  return (
    <button
      type="button"
      {...rest}
      className="flex w-full items-center gap-2.5 rounded-sm p-2 text-left hover:bg-well data-popup-open:bg-well"
    >
      <Avatar {...who} decorative />
      <span className="min-w-0 grow">
        <span className="block truncate font-medium text-sm">{who.name}</span>
        <span className="block truncate text-faint text-xs">{who.role}</span>
      </span>
      <VisuallyHidden>{t('account.label')}</VisuallyHidden>
      <ChevronsUpDown aria-hidden="true" className="size-4 text-faint" />
    </button>
  )
}

function FaceTrigger({ who, ...rest }: Pick<Props, 'who'>) {
  const t = useTranslations('shell')
  return (
    <button type="button" {...rest} className="grid size-(--control) place-items-center rounded-sm">
      <Avatar {...who} decorative />
      <VisuallyHidden>
        {who.name} {t('account.label')}
      </VisuallyHidden>
    </button>
  )
}
