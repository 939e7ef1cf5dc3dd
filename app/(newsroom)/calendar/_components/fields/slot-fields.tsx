'use client'

import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { DraftLink } from '../drafts/draft-link.tsx'
import type { faceOf } from '../model.ts'
import { ChannelToggles } from './channel-toggles.tsx'
import { OwnerField } from './owner-field.tsx'
import { RepeatField } from './repeat-field.tsx'
import { EmbargoField } from './slot-fields-embargo.tsx'
import type { PlaceProps } from './slot-fields-props.ts'
import { StageField } from './slot-fields-stage.tsx'
import { NoteField, TitleField } from './slot-fields-text.tsx'
import { TimeFields } from './slot-fields-time.tsx'
import { TagField } from './tag-field.tsx'

type Props = PlaceProps & {
  face: ReturnType<typeof faceOf>
  /** What is to be said about its place in time. */
  children: ReactNode
}

/** All that can be written of a slot; each field goes to the others by itself. */
export function SlotFields({ face, children, ...field }: Props) {
  const t = useTranslations('calendar.sheet')
  const { slot, movable, write } = field
  const { draft } = face
  return (
    <>
      {draft ? (
        <h3 className="py-1 font-semibold font-serif text-xl">{face.title || t('untitled')}</h3>
      ) : (
        <TitleField {...field} />
      )}
      <DraftLink {...field} draft={draft} />
      <TimeFields {...field} />
      {children}
      <RepeatField {...field} />
      <ChannelToggles
        label={t('channels')}
        chosen={slot.channels}
        disabled={!movable}
        onChange={(channels) => write({ channels })}
      />
      <div className="grid grid-cols-2 gap-3">
        <StageField {...field} draft={draft} />
        <OwnerField {...field} />
      </div>
      <TagField {...field} />
      <NoteField {...field} />
      <EmbargoField {...field} />
    </>
  )
}
