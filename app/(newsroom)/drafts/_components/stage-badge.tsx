'use client'

import { CircleCheckBig, CircleDashed, Clock, Eye, Lightbulb, Pencil, Send } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Badge } from '#app/_ui/badge.tsx'
import type { Stage } from '#lib/domain/review/stage.ts'

const LOOKS: Readonly<
  Record<Stage, { readonly icon: ReactNode; readonly tone: 'plain' | 'accent' | 'good' | 'warn' }>
> = {
  idea: { icon: <Lightbulb />, tone: 'plain' },
  drafting: { icon: <Pencil />, tone: 'plain' },
  inReview: { icon: <Eye />, tone: 'accent' },
  changesRequested: { icon: <CircleDashed />, tone: 'warn' },
  approved: { icon: <CircleCheckBig />, tone: 'good' },
  scheduled: { icon: <Clock />, tone: 'good' },
  published: { icon: <Send />, tone: 'good' },
}

/** The shape alone, where the word is said beside it. */
export const StageIcon = ({ stage }: { stage: Stage }) => LOOKS[stage].icon

/** How far a text has come: a shape, a word, and a colour that helps. */
export function StageBadge({ stage }: { stage: Stage }) {
  const t = useTranslations('common.stages')
  const { icon, tone } = LOOKS[stage]
  return (
    <Badge tone={tone}>
      <span aria-hidden="true" className="contents [&_svg]:size-3">
        {icon}
      </span>
      {t(stage)}
    </Badge>
  )
}
