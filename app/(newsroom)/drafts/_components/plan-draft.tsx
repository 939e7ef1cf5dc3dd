'use client'

import { useTranslations } from 'next-intl'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { useCell } from '#app/_collab/use-cell.ts'
import { useRoom } from '#app/_collab/use-room.ts'
import { useErrorText } from '#app/_i18n/error-text.ts'
import { Dialog } from '#app/_ui/dialog.tsx'
import { Skeleton } from '#app/_ui/skeleton.tsx'
import { toast } from '#app/_ui/toast.ts'
import { attempt } from '#app/_ui/use-form.ts'
import { calendarKind } from '#lib/documents/calendar/shape.ts'
import { CALENDAR } from '#lib/documents/registry.ts'
import type { CalendarSettings } from '#lib/domain/calendar/settings.ts'
import type { Slot } from '#lib/domain/calendar/slot.ts'
import type { Locale } from '#lib/domain/permissions.ts'
import { can, type Who } from '#lib/domain/permissions.ts'
import type { DraftSummary } from '#lib/protocol/newsroom-events.ts'
import { PlanDraftDialog } from '../../calendar/_components/drafts/unplanned-plan-dialog.tsx'
import { CalendarContext, type CalendarModel } from '../../calendar/_components/model.ts'
import { useCalendarModel } from '../../calendar/_components/use-calendar-model.ts'
import { calendarNow } from '../../calendar/actions.ts'

/** The toast’s way back works as long as the calendar stays open here; milliseconds. */
const UNDO_MS = 12_000

type Props = {
  draft: DraftSummary
  /** The draft’s slots in the shared calendar, as soon as it is planned and whenever that changes. */
  onPlanned: (slots: readonly Slot[]) => void
  /** Nothing of this is needed any more. */
  onClose: () => void
}
type Now = { readonly actor: Who & { readonly locale: Locale }; readonly settings: CalendarSettings }

/**
 * Plans a draft from a page that is not the calendar: the shared calendar is opened for as long as it takes, so that
 * the slot is written, guarded, merged and undone exactly as on its own page.
 */
export function PlanDraft(props: Props) {
  const [now, setNow] = useState<Now | null>(null)
  const errorText = useErrorText()
  const failed = useEffectEvent((error: string) => {
    toast.failed(errorText(error) ?? '')
    props.onClose()
  })
  useEffect(() => {
    let wanted = true
    void attempt(() => calendarNow({})).then((answer) => {
      if (!wanted) return
      if (answer.ok) setNow(answer.value)
      else failed(answer.error)
    })
    return () => {
      wanted = false
    }
  }, [])
  return now ? <InRoom {...props} {...now} /> : <Waiting onClose={props.onClose} />
}

function InRoom({ actor, settings, ...props }: Props & Now) {
  const t = useTranslations('calendar.desk')
  const room = useRoom({
    document: { name: CALENDAR.name, schemaVersion: calendarKind.schemaVersion },
    // The server says to others who this is.
    person: { volunteerId: actor.volunteerId, name: '', color: '' },
    access: can(actor, 'slot.edit', null) ? 'write' : 'read',
    onAccessChanged: props.onClose,
    onCorrected: () => toast.failed(t('corrected')),
  })
  return room ? <Modelled {...props} {...{ room, actor, settings }} /> : <Waiting onClose={props.onClose} />
}

type ModelledProps = Props & Now & { room: NonNullable<ReturnType<typeof useRoom>> }

const NOBODY: [] = []

function Modelled({ room, actor, settings, ...props }: ModelledProps) {
  const { loaded } = useCell(room.status)
  const model = useCalendarModel(room, { actor, settings, people: NOBODY })
  if (!model || !loaded) return <Waiting onClose={props.onClose} />
  return (
    <CalendarContext value={model}>
      <Planning {...props} model={model} />
    </CalendarContext>
  )
}

const slotsOf = (model: CalendarModel, id: string) =>
  [...model.live.get().values()].filter(({ draft }) => draft === id)

function Planning({ draft, model, onPlanned, onClose }: Props & { model: CalendarModel }) {
  const before = useRef(slotsOf(model, draft.id).length)
  const [planned, setPlanned] = useState(false)
  const tell = useEffectEvent(() => onPlanned(slotsOf(model, draft.id)))
  const leave = useEffectEvent(() => onClose())

  useEffect(() => {
    if (!planned) return
    tell()
    const stop = model.live.subscribe(() => tell())
    const timer = setTimeout(() => leave(), UNDO_MS)
    return () => {
      stop()
      clearTimeout(timer)
    }
  }, [planned, model])

  if (planned) return null
  const close = () => (slotsOf(model, draft.id).length > before.current ? setPlanned(true) : onClose())
  return <PlanDraftDialog asked={{ name: 'planDraft', draft }} onClose={close} />
}

/** The calendar is on its way. */
function Waiting({ onClose }: { onClose: () => void }) {
  const t = useTranslations('calendar')
  const common = useTranslations('common')
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('unplanned.planTitle')}
      closeLabel={common('close')}
    >
      <div role="status" aria-label={t('desk.loading')} className="flex flex-col gap-4">
        <Skeleton className="h-9" />
        <Skeleton className="h-20" />
      </div>
    </Dialog>
  )
}
