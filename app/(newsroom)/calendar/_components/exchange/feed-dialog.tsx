'use client'

import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { useErrorText } from '#app/_i18n/error-text.ts'
import { Button } from '#app/_ui/button.tsx'
import { ConfirmDialog } from '#app/_ui/confirm-dialog.tsx'
import { Dialog } from '#app/_ui/dialog.tsx'
import { FormError } from '#app/_ui/form-error.tsx'
import { RelativeTime } from '#app/_ui/relative-time.tsx'
import { Skeleton } from '#app/_ui/skeleton.tsx'
import { toast } from '#app/_ui/toast.ts'
import { attempt } from '#app/_ui/use-form.ts'
import { createFeed, feedState, revokeFeed } from '../../list-actions.ts'
import type { DialogProps } from '../dialog-asked.ts'
import { FeedAddress } from './feed-dialog-address.tsx'

type State = { readonly createdAt: string; readonly lastReadAt: string | null }

/** The plan in the calendar that one carries already: by an address that is a secret. */
export function FeedDialog({ onClose }: DialogProps<'feed'>) {
  const t = useTranslations('calendar.feed')
  const common = useTranslations('common')
  const errorText = useErrorText()
  const feed = useFeed()
  return (
    <Dialog
      open
      size="wide"
      onOpenChange={(open) => !open && onClose()}
      title={t('title')}
      description={t('text')}
      closeLabel={common('close')}
    >
      <FormError>{errorText(feed.error)}</FormError>
      {feed.state === undefined && !feed.error && <Skeleton className="h-24" />}
      {feed.url && <FeedAddress url={feed.url} />}
      {feed.state === null && !feed.url && (
        <Button kind="primary" busy={feed.busy} onClick={() => void feed.create()}>
          {t('create')}
        </Button>
      )}
      {feed.state && !feed.url && <Existing state={feed.state} />}
      {(feed.state || feed.url) && <Acts feed={feed} />}
    </Dialog>
  )
}

function Existing({ state }: { state: State }) {
  const t = useTranslations('calendar.feed')
  return (
    <div className="border-edge border-l-3 pl-3 text-soft">
      <p>
        {t('exists')} <RelativeTime at={state.createdAt} />.{' '}
        {state.lastReadAt ? (
          <>
            {t('lastRead')} <RelativeTime at={state.lastReadAt} />.
          </>
        ) : (
          t('neverRead')
        )}
      </p>
      <p className="mt-1">{t('shownOnce')}</p>
    </div>
  )
}

type Feed = ReturnType<typeof useFeed>

function Acts({ feed }: { feed: Feed }) {
  const t = useTranslations('calendar.feed')
  const common = useTranslations('common')
  const [asking, setAsking] = useState<'rotate' | 'revoke' | null>(null)
  const confirm = async () => {
    await (asking === 'rotate' ? feed.create() : feed.revoke())
    setAsking(null)
  }
  return (
    <div className="mt-5 flex flex-wrap justify-end gap-2">
      <Button kind="ghost" onClick={() => setAsking('revoke')}>
        {t('revoke')}
      </Button>
      <Button onClick={() => setAsking('rotate')}>{t('rotate')}</Button>
      {asking && (
        <ConfirmDialog
          open
          onOpenChange={(open) => !open && setAsking(null)}
          title={t(`${asking}Title`)}
          confirmLabel={t(`${asking}Apply`)}
          cancelLabel={common('cancel')}
          danger={asking === 'revoke'}
          busy={feed.busy}
          onConfirm={() => void confirm()}
        >
          {t(`${asking}Text`)}
        </ConfirmDialog>
      )}
    </div>
  )
}

function useFeed() {
  const t = useTranslations('calendar.feed')
  /** Undefined: not known yet. */
  const [state, setState] = useState<State | null | undefined>(undefined)
  const [url, setUrl] = useState<string | null>(null)
  const [error, setError] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  useEffect(() => {
    void attempt(() => feedState({})).then((answer) => {
      if (answer.ok) setState(answer.value)
      else setError(answer.error)
    })
  }, [])
  async function create() {
    setBusy(true)
    const answer = await attempt(() => createFeed({}))
    setBusy(false)
    setError(answer.ok ? null : answer.error)
    if (answer.ok) setUrl(answer.value.url)
  }
  async function revoke() {
    setBusy(true)
    const answer = await attempt(() => revokeFeed({}))
    setBusy(false)
    setError(answer.ok ? null : answer.error)
    if (!answer.ok) return
    setUrl(null)
    setState(null)
    toast.done(t('revoked'))
  }
  return { state, url, error, busy, create, revoke }
}
