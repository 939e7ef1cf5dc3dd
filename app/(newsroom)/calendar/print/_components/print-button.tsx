'use client'

import { Printer } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Button } from '#app/_ui/button.tsx'

export function PrintButton() {
  const t = useTranslations('calendar.weekPage')
  return (
    <Button kind="primary" onClick={() => window.print()}>
      <Printer aria-hidden="true" className="size-4" />
      {t('print')}
    </Button>
  )
}
