'use client'

import { Keyboard, LogOut, Monitor, Moon, Sun, UserRound } from 'lucide-react'
import Link from 'next/link'
import { useLocale, useTranslations } from 'next-intl'
import { useSyncExternalStore } from 'react'
import { LOCALES } from '#lib/domain/permissions.ts'
import { Menu, MenuChoice, MenuItem, MenuLink, MenuSeparator } from '../../_ui/menu.tsx'
import { applyTheme, onThemeChange, shownTheme, THEMES } from '../../_ui/theme.ts'
import { type AccountMenuProps, FaceTrigger, LineTrigger } from './account-trigger.tsx'
import { useChooseLocale } from './choose-locale.ts'
import { useCommands } from './commands.tsx'
import { useSignOut } from './sign-out.tsx'

const THEME_ICONS = { system: <Monitor />, light: <Sun />, dark: <Moon /> }

export function AccountMenuOpen({ who, theme: savedTheme, shape }: AccountMenuProps) {
  const t = useTranslations('shell')
  const common = useTranslations('common')
  const locale = useLocale()
  const theme = useSyncExternalStore(onThemeChange, shownTheme, () => savedTheme)
  const chooseLocale = useChooseLocale()
  const signOut = useSignOut(who.id)
  const { openHelp } = useCommands()

  return (
    <>
      <Menu
        openAtFirst
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
          onChange={applyTheme}
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
