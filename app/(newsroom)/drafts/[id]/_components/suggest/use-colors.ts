'use client'

import { useEffect, useState } from 'react'
import type { Credited } from './who-suggested.tsx'

/** Ids come from a shared text that anybody with a socket may write. */
const SAFE = /^[\w-]+$/

/**
 * Gives each suggestion the colour of who made it. By one sheet of rules: the marks in the text stay as they are, and
 * no key costs anything for it.
 */
export function useColors(suggestions: readonly Credited[], active: string | null): void {
  const [sheet] = useState(() => new CSSStyleSheet())
  useEffect(() => {
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
    return () => {
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet)
    }
  }, [sheet])
  const rules = suggestions
    .filter(({ id, person }) => SAFE.test(id) && person !== null && /^#[0-9a-f]{6}$/i.test(person.color))
    .map(({ id, person }) => `.draft-body [data-suggestion="${id}"]{--who:${person?.color}}`)
  if (active !== null && SAFE.test(active)) rules.push(`.draft-body [data-suggestion="${active}"]{--on:1}`)
  const text = rules.join('\n')
  useEffect(() => sheet.replaceSync(text), [sheet, text])
}
