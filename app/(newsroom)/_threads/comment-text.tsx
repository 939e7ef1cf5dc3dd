'use client'

import { useTranslations } from 'next-intl'
import { Fragment } from 'react'
import { partsOf } from '#lib/domain/threads/comment.ts'
import { usePeople } from '../_people/people.tsx'
import { linked } from './linked.ts'

const CHIP = 'rounded-xs bg-accent-wash px-0.5 font-medium text-accent'
const MY_CHIP = 'rounded-xs bg-accent px-1 font-medium text-on-accent'

/** What somebody said: plain text, its line breaks kept, names as names and safe addresses as links. */
export function CommentText({ body, plain = false }: { body: string; plain?: boolean }) {
  const t = useTranslations('threads')
  const people = usePeople()
  return partsOf(body).map((part, index) => {
    if (part.kind === 'text') return <Linked key={index} text={part.text} plain={plain} />
    const name = people.find(part.id)?.name ?? t('somebody')
    return (
      <span key={index} className={part.id === people.me.id ? MY_CHIP : CHIP}>
        @{name}
      </span>
    )
  })
}

/** @param plain in a text that is itself a button, where a link would be a second one */
function Linked({ text, plain }: { text: string; plain: boolean }) {
  if (plain) return text
  return linked(text).map(({ text: words, href }, index) =>
    href === null ? (
      <Fragment key={index}>{words}</Fragment>
    ) : (
      <a
        key={index}
        href={href}
        target="_blank"
        rel="noopener noreferrer nofollow"
        className="text-accent underline underline-offset-2"
      >
        {words}
      </a>
    ),
  )
}
