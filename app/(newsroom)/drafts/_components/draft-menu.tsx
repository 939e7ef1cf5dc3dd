'use client'

import { Archive, ArchiveRestore, Copy, Ellipsis, FileCode, FileText, FileType, Pencil } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { iconButtonLook } from '#app/_ui/icon-button.tsx'
import { Menu, MenuItem, MenuLink, MenuSeparator } from '#app/_ui/menu.tsx'
import type { DraftActs } from './use-draft-acts.ts'

const FORMATS = [
  { format: 'md', icon: <FileCode /> },
  { format: 'html', icon: <FileType /> },
  { format: 'txt', icon: <FileText /> },
] as const

type Props = {
  id: string
  /** What the button is called: the draft’s name is in it. */
  label: string
  archived: boolean
  may: { create: boolean; archive: boolean }
  acts: DraftActs
  /** Absent where the title itself is under the hand. */
  onRename?: (() => void) | undefined
}

/** What can be done with one draft, wherever it is shown. */
export function DraftMenu({ id, label, archived, may, acts, onRename }: Props) {
  const t = useTranslations('drafts')
  return (
    <Menu
      trigger={
        <button type="button" aria-label={label} className={iconButtonLook()}>
          <Ellipsis aria-hidden="true" />
        </button>
      }
    >
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
      {(onRename || may.create) && <MenuSeparator />}
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
