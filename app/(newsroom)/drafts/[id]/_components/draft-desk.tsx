'use client'

import type { Editor } from '@tiptap/core'
import { Selection } from '@tiptap/pm/state'
import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { keepPage } from '#app/_collab/keep-page.ts'
import { useNewsroom } from '#app/_collab/newsroom.tsx'
import type { Room } from '#app/_collab/room.ts'
import { useCell } from '#app/_collab/use-cell.ts'
import { useRoom } from '#app/_collab/use-room.ts'
import { useOnDemand } from '#app/_ui/on-demand.ts'
import { draftKind } from '#lib/documents/draft/shape.ts'
import type { DraftId } from '#lib/domain/ids.ts'
import { restoreDraft } from '../../actions.ts'
import { BodyPlace, useBodyEditor } from './body-editor.tsx'
import { DeskProvider } from './desk.tsx'
import { useDeskPanel } from './desk-address.ts'
import { TextSkeleton } from './desk-skeleton.tsx'
import { DraftHeader } from './draft-header.tsx'
import { type DraftPageProps, DraftPlace } from './draft-place.tsx'
import { HistoryPanel } from './history/history-panel.tsx'
import { ReviewPanel } from './review/review-panel.tsx'
import { ReviewProvider } from './review/review-state.tsx'
import { RoomBanner } from './room-banner.tsx'
import { Standing } from './standing.tsx'
import { SuggestPart } from './suggest/suggest-part.tsx'
import { TextCountLine } from './text-count.tsx'
import { ThreadsDeskProvider, ThreadsMargin } from './threads/threads-desk.tsx'
import { ThreadsPart } from './threads/threads-part.tsx'
import { TitleField } from './title-field.tsx'
import { useAccess } from './use-access.ts'
import { useStanding } from './use-standing.ts'

const loadTools = async () => {
  // On its way for the first paste.
  void import('./clean-paste.ts').catch(() => {})
  return (await import('./writing-tools.tsx')).WritingTools
}
const loadPlanDraft = () => import('../../_components/plan-draft.tsx').then((module) => module.PlanDraft)
const loadLinkDialog = () => import('./link-dialog.tsx').then((module) => module.LinkDialog)

/** Everything on the page of a draft that needs the shared document. */
export default function DraftDesk(props: DraftPageProps) {
  const { draft, person } = props
  const { access, archived, check } = useAccess(props)
  const room = useRoom({
    document: { name: `draft/${draft.id}`, schemaVersion: draftKind.schemaVersion },
    person,
    access,
    onAccessChanged: () => void check().then((found) => found && room?.setAccess(found)),
  })
  useNewsroom((news) => {
    if (news.type === 'returned') void check()
    // Archived or restored by somebody else.
    if (news.type === 'draft' && news.draft.id === draft.id && (news.draft.archivedAt !== null) !== archived)
      void check()
  })
  if (!room) return <DraftPlace title={draft.title} />
  return <InRoom {...props} room={room} access={access} archived={archived} onCheck={check} />
}

type InRoomProps = DraftPageProps & { room: Room; archived: boolean; onCheck: () => Promise<unknown> }

/** Stage and places in the plan, and the dialog that gives it one. */
function usePlanning({ draft, planned, may }: DraftPageProps) {
  const { stage, slots, showLive } = useStanding(draft, planned.slots)
  const [planning, setPlanning] = useState(false)
  const { Part: PlanDraft, want } = useOnDemand(loadPlanDraft)
  const plan = () => {
    want()
    setPlanning(true)
  }
  const dialog = planning && PlanDraft && (
    <PlanDraft draft={draft} onPlanned={showLive} onClose={() => setPlanning(false)} />
  )
  return { stage, slots, dialog, onPlan: may.plan ? plan : null }
}

function InRoom(props: InRoomProps) {
  const { room, draft, person, access, archived, may, keepOffline, onCheck } = props
  const { loaded, met, closed } = useCell(room.status)
  const planning = usePlanning(props)

  useEffect(() => {
    if (met) return keepPage(person.volunteerId, keepOffline)
  }, [met, person.volunteerId, keepOffline])

  const restore = async () => {
    await restoreDraft({ id: draft.id as DraftId })
    await onCheck()
  }
  const banner = { room, access, archived, onRestore: may.archive ? () => void restore() : null }
  const { onPlan, dialog } = planning
  if (loaded) {
    const editable = access === 'write' && closed === null
    return (
      <>
        <ReviewProvider draftId={draft.id as DraftId} first={props.review}>
          <ThreadsDeskProvider>
            <Writing {...props} {...{ banner, planning, editable }} />
          </ThreadsDeskProvider>
        </ReviewProvider>
        {dialog}
      </>
    )
  }
  return (
    <>
      <DraftHeader {...props} onPlan={onPlan} editor={null} />
      {dialog}
      <RoomBanner {...banner} editor={null} />
      <NotYet {...props} />
    </>
  )
}

/** The place of the text, and why it is not there when that takes long. */
function NotYet({ room, draft }: InRoomProps) {
  const t = useTranslations('editor.waiting')
  const { trouble, keeps } = useCell(room.status)
  const { kind } = useCell(room.saved)
  const why =
    trouble === 'loadFailed' ? t('loadFailed') : kind === 'offline' && keeps !== null ? t('offline') : null
  return <TextSkeleton title={draft.title} note={why} />
}

/** At once, not at the next frame as Tiptap’s own command: letters typed meanwhile would still go to the title. */
function enterText({ view }: Editor) {
  view.dispatch(view.state.tr.setSelection(Selection.atStart(view.state.doc)))
  view.focus()
}

type WritingProps = InRoomProps & {
  editable: boolean
  planning: ReturnType<typeof usePlanning>
  banner: Omit<Parameters<typeof RoomBanner>[0], 'editor'>
}

function Writing(props: WritingProps) {
  const { room, draft, person, editable, archived, banner, planned, planning } = props
  const { stage, slots, onPlan } = planning
  const [linking, setLinking] = useState(false)
  const { panel, openPanel } = useDeskPanel()
  const { Part: LinkDialog, want: wantLinkDialog } = useOnDemand(loadLinkDialog)
  const onLink = () => {
    wantLinkDialog()
    setLinking(true)
  }
  const { Part: Tools, want: wantTools } = useOnDemand(loadTools)
  const { editor, place, slash } = useBodyEditor({ room, person, editable, onLink })
  useEffect(() => {
    editor?.on('focus', wantTools)
    return () => {
      editor?.off('focus', wantTools)
    }
  }, [editor, wantTools])
  const draftId = draft.id as DraftId
  return (
    <DeskProvider value={{ draftId, room, editor, editable, archived, stage, panel, openPanel }}>
      <DraftHeader {...props} onPlan={onPlan} editor={editor} />
      <div className="desk">
        <div className="desk-middle">
          <div className="sticky top-14 z-10">
            <RoomBanner {...banner} editor={editor} />
          </div>
          <div className="desk-page">
            <article className="draft-sheet flex grow flex-col">
              <Standing slots={slots} zone={planned.zone} onPlan={archived ? null : onPlan} />
              <TitleField room={room} editable={editable} onLeave={() => editor && enterText(editor)} />
              <BodyPlace place={place} />
            </article>
            <ThreadsMargin />
          </div>
          <footer className="draft-foot">{editor && <TextCountLine editor={editor} />}</footer>
        </div>
        <ThreadsPart />
        <SuggestPart />
        <ReviewPanel />
        <HistoryPanel />
      </div>
      {editor && editable && Tools && <Tools editor={editor} slash={slash} onLink={onLink} />}
      {editor && linking && LinkDialog && <LinkDialog editor={editor} onClose={() => setLinking(false)} />}
    </DeskProvider>
  )
}
