'use client'

import {
  Archive,
  ArchiveRestore,
  CalendarPlus,
  Copy,
  FileCode,
  FileText,
  FileType,
  History,
  Pencil,
} from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Menu, MenuItem, MenuLink, MenuSeparator } from '#app/_ui/menu.tsx'
import { type DraftMenuProps, MenuButton } from './menu-button.tsx'

const FORMATS = [
  { format: 'md', icon: <FileCode /> },
  { format: 'html', icon: <FileType /> },
  { format: 'txt', icon: <FileText /> },
] as const

/** What can be done with one draft, wherever it is shown. */
export function DraftMenuOpen(props: DraftMenuProps) {
  const { id, label, archived, may, acts, onRename, onHistory, onPlan } = props
  const t = useTranslations('drafts')
  const history = useTranslations('history')
  return (
    <Menu openAtFirst trigger={<MenuButton label={label} />}>
      {onRename && (
        <MenuItem icon={<Pencil />} onSelect={onRename}>
          {t('rename')}
        </MenuItem>
      )}
      {may.create && (
        <MenuItem icon={<Copy />} onSelect={() => void acts.duplicate(id)}>
          {t('duplicate')}
        </MenuItem>
      )}
      {onPlan && (
        <MenuItem icon={<CalendarPlus />} onSelect={onPlan}>
          {t('plan')}
        </MenuItem>
      )}
      {onHistory && (
        <MenuItem icon={<History />} onSelect={onHistory}>
          {history('open')}
        </MenuItem>
      )}
      {(onRename || may.create || onPlan || onHistory) && <MenuSeparator />}
      {FORMATS.map(({ format, icon }) => (
        // A plain link: the browser saves the file, the router has nothing to do with it.
        <MenuLink
          key={format}
          icon={icon}
          link={<a href={`/api/drafts/${id}/export?format=${format}`} download />}
        >
          {t(`export.${format}`)}
        </MenuLink>
      ))}
      {may.archive && <MenuSeparator />}
      {may.archive && archived && (
        <MenuItem icon={<ArchiveRestore />} onSelect={() => void acts.restore(id)}>
          {t('restore')}
        </MenuItem>
      )}
      {may.archive && !archived && (
        <MenuItem icon={<Archive />} onSelect={() => void acts.archive(id)}>
          {t('archive')}
        </MenuItem>
      )}
    </Menu>
  )
}
