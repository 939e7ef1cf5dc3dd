import type { MetadataRoute } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'

export default async function manifest(): Promise<MetadataRoute.Manifest> {
  const t = await getTranslations('common')
  return {
    name: 'Pupitre',
    short_name: 'Pupitre',
    description: t('description'),
    lang: await getLocale(),
    id: '/',
    start_url: '/drafts',
    scope: '/',
    display: 'standalone',
    background_color: '#fbfaf7',
    theme_color: '#fbfaf7',
    icons: [
      { src: '/icon.svg', type: 'image/svg+xml', sizes: 'any' },
      { src: '/apple-icon.png', type: 'image/png', sizes: '180x180' },
    ],
  }
}
