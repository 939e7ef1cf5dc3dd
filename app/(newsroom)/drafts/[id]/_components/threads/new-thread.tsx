'use client'

import { useTranslations } from 'next-intl'
import { useCell } from '#app/_collab/use-cell.ts'
import { Composer } from '#app/(newsroom)/_threads/composer.tsx'
import { useThreadPlace } from '#app/(newsroom)/_threads/thread-place.tsx'
import { keepComposing } from './kept-composing.ts'
import type { Passages } from './passages.ts'

type Props = {
  passages: Passages
  quoted?: boolean
  /** Sent or given up: the focus goes back to where it was. */
  onDone: () => void
}

/** The composer of a thread that is being opened. */
export function NewThread({ passages, quoted = false, onDone }: Props) {
  const t = useTranslations('threads')
  const { model } = useThreadPlace()
  const composing = useCell(passages.composing)
  if (!composing) return null
  const { anchor } = composing

  function stop() {
    keepComposing(model.subject.id, null)
    passages.stopComposing()
    onDone()
  }
  return (
    <section
      aria-label={t('newComment')}
      className="rounded-md border border-edge bg-sheet px-3 py-2.5 text-ink shadow-lift"
    >
      {anchor ? (
        quoted && (
          <p className="mb-2 line-clamp-2 border-edge border-l-2 pl-2 font-serif text-soft text-sm italic [overflow-wrap:anywhere]">
            {anchor.quote}
          </p>
        )
      ) : (
        <p className="kicker pb-1.5">{t('wholeDraft')}</p>
      )}
      <Composer
        keep={`new/${model.subject.id}`}
        label={t('write')}
        sendLabel={t('comment')}
        autoFocus
        onClose={stop}
        onSend={(body) => {
          const id = model.open(anchor, body)
          stop()
          passages.activate(id)
        }}
      />
    </section>
  )
}
