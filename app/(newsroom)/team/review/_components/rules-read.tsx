import { useTranslations } from 'next-intl'
import { CHANNELS } from '#lib/domain/channels/channels.ts'
import type { ReviewSettings } from '#lib/domain/review/settings.ts'
import { LiveRules } from './live-rules.tsx'
import { RulesSection } from './rules-section.tsx'

/** How the newsroom reviews, for whoever follows the rules without making them. */
export function RulesRead({ settings: { mode, channels, checklist } }: { settings: ReviewSettings }) {
  const t = useTranslations('review.rules')
  const modes = useTranslations('review.modes')
  const channelWords = useTranslations('common.channels')
  const other = CHANNELS.flatMap((channel) => {
    const own = channels[channel]
    return own && own !== mode ? [{ channel, own }] : []
  })
  return (
    <>
      <LiveRules />
      <p className="mt-4 text-soft">{t('notYours')}</p>
      <RulesSection title={t('mode')}>
        <p className="font-medium">{modes(`${mode}.name`)}</p>
        <p className="text-soft">{modes(`${mode}.meaning`)}</p>
      </RulesSection>
      {other.length > 0 && (
        <RulesSection title={t('channels')}>
          <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1.5">
            {other.map(({ channel, own }) => (
              <div key={channel} className="contents">
                <dt className="text-soft">{channelWords(channel)}</dt>
                <dd>{modes(`${own}.name`)}</dd>
              </div>
            ))}
          </dl>
        </RulesSection>
      )}
      <RulesSection title={t('checklist')}>
        {checklist.length === 0 ? (
          <p className="text-soft">{t('noPoints')}</p>
        ) : (
          <ol className="flex list-decimal flex-col gap-1 pl-5">
            {checklist.map((point) => (
              <li key={point}>{point}</li>
            ))}
          </ol>
        )}
      </RulesSection>
    </>
  )
}
