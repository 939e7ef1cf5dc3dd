'use client'

import { MessageSquarePlus } from 'lucide-react'
import { useSearchParams } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useEffect, useEffectEvent, useState } from 'react'
import { useCell } from '#app/_collab/use-cell.ts'
import { Button } from '#app/_ui/button.tsx'
import { parseThreadId, type ThreadId } from '#lib/domain/ids.ts'
import type { ThreadSubject } from '#lib/protocol/threads.ts'
import { Announcer } from './announcer.tsx'
import { Composer } from './composer.tsx'
import { ThreadCard } from './thread-card.tsx'
import type { ThreadModel } from './thread-model.ts'
import { ThreadPlaceProvider, useThreadRights } from './thread-place.tsx'
import { useThreads } from './use-threads.ts'

type Props = { subject: ThreadSubject; linkTo: (id: ThreadId) => string }

/** The threads of something that has no passages, one after another, with a way to begin another. */
export function SubjectThreads({ subject, linkTo }: Props) {
  const model = useThreads(subject)
  if (!model) return null
  return (
    <ThreadPlaceProvider value={{ model, archived: false, linkTo }}>
      <List model={model} />
      <Announcer model={model} />
    </ThreadPlaceProvider>
  )
}

function List({ model }: { model: ThreadModel }) {
  const t = useTranslations('threads')
  const rights = useThreadRights()
  const threads = useCell(model.threads)
  const reading = useCell(model.reading)
  const [active, setActive] = useState<ThreadId | null>(null)
  const [writing, setWriting] = useState(false)
  const [past, setPast] = useState(false)
  const linked = useLinked(model, (id, resolved) => {
    setActive(id)
    setPast((now) => now || resolved)
  })
  const open = threads.filter(({ resolved }) => !resolved)
  const resolved = threads.length - open.length
  const shown = past ? threads : open
  if (threads.length === 0 && !rights.comment && reading === 'read') return null
  return (
    <section aria-label={t('slot.title')} className="flex flex-col gap-2.5 border-rule border-t pt-4">
      <h3 className="kicker">
        {t('slot.title')}
        {open.length > 0 && (
          <span className="figures ml-2 rounded-full bg-accent-wash px-1.5 py-0.5 text-accent tracking-normal">
            <span className="sr-only">{t('slot.count', { count: open.length })}</span>
            <span aria-hidden="true">{open.length}</span>
          </span>
        )}
      </h3>
      {reading === 'unreachable' && threads.length === 0 && (
        <p className="text-soft text-sm">{t('unreachable')}</p>
      )}
      {shown.map((thread) => (
        <ThreadCard
          key={thread.id}
          thread={thread}
          open={active === thread.id}
          passage={null}
          takesFocus={linked === thread.id}
          onOpen={() => setActive(thread.id)}
          onClose={() => setActive(null)}
        />
      ))}
      {!past && resolved > 0 && (
        <Button size="small" kind="ghost" className="self-start" onClick={() => setPast(true)}>
          {t('slot.showResolved', { count: resolved })}
        </Button>
      )}
      {rights.comment && !writing && (
        <Button size="small" className="self-start" onClick={() => setWriting(true)}>
          <MessageSquarePlus aria-hidden="true" className="size-4" />
          {t('slot.add')}
        </Button>
      )}
      {writing && (
        <Composer
          keep={`new/${model.subject.id}`}
          label={t('write')}
          sendLabel={t('comment')}
          autoFocus
          onClose={() => setWriting(false)}
          onSend={(body) => {
            setWriting(false)
            setActive(model.open(null, body))
          }}
        />
      )}
    </section>
  )
}

/** `?thread=…` opens a thread once it is known. @returns which one the address named */
function useLinked(model: ThreadModel, onLink: (id: ThreadId, resolved: boolean) => void): ThreadId | null {
  const linked = parseThreadId(useSearchParams().get('thread') ?? '')
  const thread = useCell(model.threads).find(({ id }) => id === linked)
  const known = thread !== undefined
  const follow = useEffectEvent(() => {
    if (linked && thread) onLink(linked, thread.resolved !== null)
  })
  useEffect(() => {
    if (known) follow()
  }, [known, linked])
  return linked
}
