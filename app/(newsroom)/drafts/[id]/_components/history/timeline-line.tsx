'use client'

import { BadgeCheck, Bookmark, Flag, PenLine, RotateCcw, Send } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Avatar } from '#app/_ui/avatar.tsx'
import { IconButton } from '#app/_ui/icon-button.tsx'
import type { RevisionKind } from '#lib/domain/history/revision.ts'
import type { RevisionHead } from '#lib/protocol/history.ts'
import { useMoments } from './moment.ts'
import { useNames } from './names.ts'

const ICONS: Record<RevisionKind, typeof PenLine> = {
  session: PenLine,
  named: Bookmark,
  beforeRestore: RotateCcw,
  verdict: BadgeCheck,
  publication: Send,
}

/** Faces that one line has room for. */
const FACES = 4

type Props = {
  revision: RevisionHead
  /** Nothing older is kept: what the draft began with. */
  oldest: boolean
  onOpen: () => void
  /** Null for whoever may not name it. */
  onName: (() => void) | null
}

export function TimelineLine({ revision, oldest, onOpen, onName }: Props) {
  const { kind, name, authors, createdBy, wordCount, createdAt } = revision
  const t = useTranslations('history')
  const { hourOf } = useMoments()
  const { namesOf, facesOf } = useNames()
  const began = oldest && kind === 'session' && revision.startedAt === createdAt
  const what = began ? t('kinds.beginning') : t(`kinds.${kind}`)
  const Icon = began ? Flag : ICONS[kind]
  const who = authors.length > 0 ? authors : createdBy ? [createdBy] : []
  return (
    <li className="timeline-line" data-kind={kind}>
      <span className="timeline-sign" aria-hidden="true">
        <Icon className="size-4" />
      </span>
      <button type="button" className="timeline-open" onClick={onOpen}>
        <span className="flex items-baseline gap-2">
          <span className="min-w-0 truncate font-medium">{name ?? what}</span>
          <time dateTime={createdAt} className="figures ml-auto shrink-0 text-soft text-sm">
            {hourOf(createdAt)}
          </time>
        </span>
        <span className="flex min-w-0 items-center gap-2 text-soft text-sm">
          <span className="flex shrink-0">
            {facesOf(who)
              .slice(0, FACES)
              .map((person) => (
                <Avatar
                  key={person.id}
                  {...person}
                  size="small"
                  decorative
                  className="-mr-1.5 ring-2 ring-sheet"
                />
              ))}
          </span>
          <span className="min-w-0 truncate pl-1">{namesOf(who.length > 0 ? who : [null])}</span>
          <span className="figures ml-auto shrink-0 text-xs">{t('words', { count: wordCount })}</span>
        </span>
        {name !== null && kind !== 'named' && <span className="text-soft text-xs">{t(`kinds.${kind}`)}</span>}
      </button>
      {onName && (
        <IconButton
          label={name === null ? t('nameIt') : t('rename')}
          onClick={onName}
          className="timeline-name"
        >
          <Bookmark aria-hidden="true" />
        </IconButton>
      )}
    </li>
  )
}
