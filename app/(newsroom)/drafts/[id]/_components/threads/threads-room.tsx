'use client'

import type { Editor } from '@tiptap/core'
import { useSearchParams } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useEffect, useEffectEvent, useLayoutEffect, useMemo, useState } from 'react'
import { createPortal } from 'react-dom'
import { useCell } from '#app/_collab/use-cell.ts'
import { useOnDemand } from '#app/_ui/on-demand.ts'
import { toast } from '#app/_ui/toast.ts'
import { usePeople } from '#app/(newsroom)/_people/people.tsx'
import { Announcer } from '#app/(newsroom)/_threads/announcer.tsx'
import { hasBegun } from '#app/(newsroom)/_threads/kept-draft.ts'
import type { ThreadModel } from '#app/(newsroom)/_threads/thread-model.ts'
import {
  type ThreadPlace,
  ThreadPlaceProvider,
  useThreadRights,
} from '#app/(newsroom)/_threads/thread-place.tsx'
import { useThreads } from '#app/(newsroom)/_threads/use-threads.ts'
import { parseThreadId } from '#lib/domain/ids.ts'
import type { ThreadSubject } from '#lib/protocol/threads.ts'
import { useDesk } from '../desk.tsx'
import { replaceAddress } from '../desk-address.ts'
import { keepComposing, readComposing } from './kept-composing.ts'
import { openPassages, type Passages } from './passages.ts'
import { SelectionButton } from './selection-button.tsx'
import { useThreadsDesk } from './threads-desk.tsx'
import { useMarginRoom } from './use-margin-room.ts'

// A draft without threads needs none of these, and they bring menus and dialogs along.
const loadCards = () => import('./margin.tsx').then((module) => module.MarginCards)
const loadPanel = () => import('./threads-panel.tsx').then((module) => module.ThreadsPanel)
const loadChip = () => import('./passage-chip.tsx').then((module) => module.PassageChip)

/** A part of the threads, from the moment when it is first to be shown. */
function usePart<Props>(load: Parameters<typeof useOnDemand<Props>>[0], shown: boolean) {
  const { Part, want } = useOnDemand(load)
  useEffect(() => {
    if (shown) want()
  }, [shown, want])
  return shown ? Part : null
}

/** Everything about the threads of a draft that is loaded once its text is there. */
export function ThreadsRoom({ editor }: { editor: Editor }) {
  const { draftId, archived } = useDesk()
  const subject = useMemo<ThreadSubject>(() => ({ kind: 'draft', id: draftId }), [draftId])
  const model = useThreads(subject)
  const place = useMemo<ThreadPlace | null>(
    () => model && { model, archived, linkTo: (id) => `/drafts/${draftId}?thread=${id}` },
    [model, archived, draftId],
  )
  const passages = usePassages(editor, model)
  if (!place || !passages) return null
  return (
    <ThreadPlaceProvider value={place}>
      <WithPassages editor={editor} model={place.model} passages={passages} />
    </ThreadPlaceProvider>
  )
}

function usePassages(editor: Editor, model: ThreadModel | null): Passages | null {
  const { room } = useDesk()
  const [passages, setPassages] = useState<Passages | null>(null)
  useEffect(() => {
    if (!model) return
    const opened = openPassages(editor, room.doc, model.threads)
    setPassages(opened)
    return () => {
      setPassages(null)
      opened.close()
    }
  }, [editor, room, model])
  return passages
}

type Props = { editor: Editor; model: ThreadModel; passages: Passages }

function WithPassages({ editor, model, passages }: Props) {
  const { editable, panel, openPanel } = useDesk()
  const rights = useThreadRights()
  const { open, margin: marginCell } = useThreadsDesk()
  const margin = useCell(marginCell)
  const threads = useCell(model.threads)
  const places = useCell(passages.places)
  const composing = useCell(passages.composing)
  const active = useCell(passages.active)
  const room = useMarginRoom(margin)
  const count = threads.filter(({ resolved }) => !resolved).length
  useEffect(() => open.set(count), [open, count])

  const some =
    composing?.anchor != null || threads.some(({ id, resolved }) => !resolved && places.get(id) === 'here')
  const beside = room && some && panel !== 'threads'
  // Before its cards are drawn: what is not shown cannot take the focus.
  useLayoutEffect(() => {
    if (margin) margin.dataset.shown = String(beside)
  }, [margin, beside])
  useWishes({ passages, model, inMargin: room })
  useLinkedThread({ passages, model, inMargin: room })
  useResumed(passages, model)
  // A thread on the whole draft is written where the whole draft is spoken of.
  const elsewhere = composing !== null && !(room && composing.anchor)
  const show = useEffectEvent(() => openPanel('threads'))
  useEffect(() => {
    if (elsewhere) show()
  }, [elsewhere])

  const leave = () => {
    if (editable) editor.view.focus()
  }
  const Cards = usePart(loadCards, beside)
  const Panel = usePart(loadPanel, panel === 'threads')
  const Chip = usePart(loadChip, active !== null && !beside && panel === null)
  return (
    <>
      {Cards && margin && createPortal(<Cards {...{ editor, margin, passages }} onLeave={leave} />, margin)}
      {Panel && <Panel passages={passages} onLeave={leave} />}
      {Chip && <Chip passages={passages} />}
      {!editable && rights.comment && composing === null && <SelectionButton editor={editor} />}
      <Announcer model={model} />
    </>
  )
}

type Reach = { passages: Passages; model: ThreadModel; inMargin: boolean }

/** Keys and buttons from outside. */
function useWishes({ passages, model, inMargin }: Reach): void {
  const t = useTranslations('threads')
  const { wish } = useThreadsDesk()
  const { openPanel } = useDesk()
  const rights = useThreadRights()
  const wanted = useCell(wish)
  const grant = useEffectEvent(() => {
    if (wanted === null) return
    wish.set(null)
    if (wanted === 'next' || wanted === 'previous') {
      const id = passages.neighbour(wanted === 'next' ? 1 : -1)
      if (!id) return toast.note(t('noNext'))
      passages.activate(id, { focus: true, show: true })
      if (!inMargin) openPanel('threads')
    } else if (!rights.comment) toast.note(t('errors.forbidden'))
    else if (!passages.compose(wanted)) toast.note(t('nothingSelected'))
    else keepComposing(model.subject.id, passages.composing.get())
  })
  useEffect(() => grant(), [wanted])
}

/** `?thread=…` opens a thread and leads to its passage: once it is known, and again with each new link. */
function useLinkedThread({ passages, model, inMargin }: Reach): void {
  const { openPanel } = useDesk()
  const linked = parseThreadId(useSearchParams().get('thread') ?? '')
  const threads = useCell(model.threads)
  const places = useCell(passages.places)
  const thread = threads.find(({ id }) => id === linked)
  const known = thread !== undefined && (!thread.anchor || thread.resolved !== null || places.has(thread.id))
  const follow = useEffectEvent(() => {
    if (!linked || !thread || !known) return
    passages.activate(linked, { focus: true, show: true })
    if (!inMargin || thread.resolved || places.get(linked) !== 'here') openPanel('threads')
    replaceAddress({ thread: null })
  })
  useEffect(() => follow(), [linked, known])
}

/** What was begun before a reload. */
function useResumed(passages: Passages, model: ThreadModel): void {
  const rights = useThreadRights()
  const { me } = usePeople()
  const resume = useEffectEvent(() => {
    const { id } = model.subject
    const begun = rights.comment && hasBegun(me.id, `new/${id}`) ? readComposing(id) : null
    if (begun) passages.resume(begun)
  })
  useEffect(() => resume(), [passages])
}
