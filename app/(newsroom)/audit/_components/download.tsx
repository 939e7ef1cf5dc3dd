import { Download as Arrow } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import { Button } from '#app/_ui/button.tsx'
import { FILTER_NAMES, type Filter } from './filter.ts'

/** A form and not a link: taking the file out is written down, and a link may be followed by no one in particular. */
export async function Download({ filter }: { filter: Filter }) {
  const t = await getTranslations('audit')
  return (
    <form method="post" action="/api/audit/export" className="flex flex-col items-end gap-1">
      {FILTER_NAMES.map(
        (name) => filter[name] && <input key={name} type="hidden" name={name} value={filter[name]} />,
      )}
      <Button type="submit" aria-describedby="download-hint" title={t('downloadHint')}>
        <Arrow aria-hidden="true" className="size-4" />
        {t('download')}
      </Button>
      <span id="download-hint" className="sr-only">
        {t('downloadHint')}
      </span>
    </form>
  )
}
