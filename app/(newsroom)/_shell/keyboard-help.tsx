'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Dialog } from '../../_ui/dialog.tsx'
import { Kbd } from '../../_ui/kbd.tsx'
import { singleKeysWanted, wantSingleKeys } from './single-keys.ts'

type Props = { modifier: string; onOpenChange: (open: boolean) => void }

export function KeyboardHelp({ modifier, onOpenChange }: Props) {
  const t = useTranslations('shell.keys')
  const common = useTranslations('common')
  const [single, setSingle] = useState(singleKeysWanted)
  const groups = [
    {
      title: t('everywhere'),
      keys: [
        [`${modifier} K`, t('palette')],
        ['?', t('help')],
        ['g c', t('goCalendar')],
        ['g d', t('goDrafts')],
        ['g n', t('goInbox')],
        ['g t', t('goTeam')],
        ['c', t('newDraft')],
        ['/', t('searchDrafts')],
      ],
    },
    {
      title: t('writing'),
      keys: [
        [`${modifier} B`, t('bold')],
        [`${modifier} I`, t('italic')],
        [`${modifier} K`, t('link')],
        [`${modifier} Z`, t('undo')],
        [`${modifier} ⇧ Z`, t('redo')],
        [`${modifier} ⇧ V`, t('pastePlain')],
        ['/', t('insert')],
        ['Alt F10', t('toolbar')],
        [`${modifier} Alt M`, t('comment')],
        [`${modifier} Alt N`, t('nextThread')],
        [`${modifier} Alt P`, t('previousThread')],
        [`${modifier} ⏎`, t('sendComment')],
        [`${modifier} Alt S`, t('suggest')],
        [`${modifier} Alt J`, t('nextSuggestion')],
        [`${modifier} Alt K`, t('previousSuggestion')],
      ],
    },
    {
      title: t('lists'),
      keys: [
        ['j k', t('walkNotices')],
        ['e', t('markNotice')],
        ['n p', t('walkChanges')],
      ],
    },
    {
      title: t('calendar'),
      keys: [
        ['d w m a b', t('views')],
        ['t', t('today')],
        ['n p', t('pages')],
        ['c', t('createSlot')],
        ['/', t('searchSlots')],
        ['← → ↑ ↓', t('walk')],
        ['⏎', t('openSlot')],
        ['v', t('moveSlot')],
        ['Alt ← →', t('carryDays')],
        ['Alt ↑ ↓', t('carryMinutes')],
        ['Delete', t('removeSlot')],
        [`${modifier} Z`, t('undo')],
      ],
    },
  ] as const
  return (
    <Dialog open onOpenChange={onOpenChange} title={t('title')} closeLabel={common('close')} size="wide">
      <div className="gap-x-10 sm:columns-2">
        {groups.map((group) => (
          <section key={group.title} className="break-inside-avoid pb-6">
            <h3 className="kicker mb-1">{group.title}</h3>
            <dl>
              {group.keys.map(([keys, meaning]) => (
                <div
                  key={keys}
                  className="flex items-center justify-between gap-4 border-rule border-b py-1.5"
                >
                  <dt className="order-2 shrink-0">
                    <Kbd keys={keys} />
                  </dt>
                  <dd>{meaning}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <label className="flex min-h-(--control) items-center gap-2.5 text-sm text-soft">
        <input
          type="checkbox"
          checked={single}
          onChange={(event) => {
            setSingle(event.target.checked)
            wantSingleKeys(event.target.checked)
          }}
          className="size-4.5 accent-accent"
        />
        {t('single')}
      </label>
    </Dialog>
  )
}
