'use client'

import { useTranslations } from 'next-intl'
import { Avatar } from '#app/_ui/avatar.tsx'
import { RelativeTime } from '#app/_ui/relative-time.tsx'
import { usePeople } from '#app/(newsroom)/_people/people.tsx'
import type { Person } from '#app/(newsroom)/_people/person.ts'
import type { Suggestion } from '#lib/documents/draft/suggestions/list.ts'

/** A suggestion and who made it; null until the server has said so. `at` is ISO 8601 in UTC. */
export type Credited = Suggestion & { readonly person: Person | null; readonly at: string | null }

export function WhoSuggested({ person, at }: Pick<Credited, 'person' | 'at'>) {
  const t = useTranslations('suggest')
  const { me } = usePeople()
  const name = person === null ? '…' : person.id === me.id ? t('you') : person.name
  return (
    <span className="flex min-w-0 items-center gap-2 text-sm">
      {person && <Avatar name={person.name} color={person.color} size="small" decorative />}
      <span className="flex min-w-0 flex-wrap items-baseline gap-x-1.5 leading-snug">
        <span className="max-w-full truncate font-medium">{name}</span>
        {at !== null && <RelativeTime at={at} className="whitespace-nowrap text-faint text-xs" />}
      </span>
    </span>
  )
}

const LONGEST = 160
const cut = (text: string) => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text)

/** What would change, in words and in the text’s own letters. */
export function WhatSuggested({ inserted, deleted, breaks, formats }: Suggestion) {
  const t = useTranslations('suggest')
  const kinds = [...new Set(breaks)]
  return (
    <span className="flex flex-col gap-1 break-words text-left font-serif">
      {(deleted !== '' || inserted !== '') && (
        <span>
          {deleted !== '' && (
            <>
              <span className="sr-only">{t('deleted')} </span>
              <del className="suggest-delete">{cut(deleted)}</del>{' '}
            </>
          )}
          {inserted !== '' && (
            <>
              <span className="sr-only">{t('inserted')} </span>
              <ins className="suggest-insert">{cut(inserted)}</ins>
            </>
          )}
        </span>
      )}
      {formats.map(({ mark, add, text, href }) => (
        <span key={`${mark}${add}${text}`} className="text-sm">
          <span className="font-sans text-soft">{t(`formats.${add ? 'add' : 'remove'}.${mark}`)}</span>{' '}
          {t('quoted', { text: cut(text) })}
          {href !== null && <span className="block truncate font-sans text-faint">{href}</span>}
        </span>
      ))}
      {kinds.map((kind) => (
        <span key={kind} className="font-sans text-sm text-soft">
          {t(`breaks.${kind}`)}
        </span>
      ))}
    </span>
  )
}
