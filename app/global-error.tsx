'use client'

import './globals.css'
import { Button } from './_ui/button.tsx'
import { Notice } from './_ui/notice.tsx'

/** When the layout itself failed there are no messages to read: these few words live here, in both languages. */
const WORDS = {
  fr: {
    kicker: 'Erreur',
    title: 'Pupitre n’a pas pu s’afficher',
    text: 'Ce qui était enregistré l’est toujours. Réessayez dans un instant.',
    retry: 'Réessayer',
  },
  en: {
    kicker: 'Error',
    title: 'Pupitre could not be shown',
    text: 'Whatever was saved still is. Try again in a moment.',
    retry: 'Try again',
  },
}

export default function GlobalError({ reset }: { reset: () => void }) {
  const english = typeof navigator !== 'undefined' && navigator.language.startsWith('en')
  const locale = english ? 'en' : 'fr'
  const words = WORDS[locale]
  return (
    <html lang={locale}>
      <head>
        <title>{words.title}</title>
      </head>
      <body>
        <Notice
          kicker={words.kicker}
          title={words.title}
          action={
            <Button kind="primary" onClick={reset}>
              {words.retry}
            </Button>
          }
        >
          {words.text}
        </Notice>
      </body>
    </html>
  )
}
