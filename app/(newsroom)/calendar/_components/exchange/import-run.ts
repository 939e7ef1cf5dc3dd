'use client'

import { useEffect, useEffectEvent, useRef, useState } from 'react'
import {
  type Outcome,
  type Preview,
  type Progress,
  requestImport,
  requestPreview,
} from './import-requests.ts'

export type Step =
  | { readonly at: 'choose'; readonly error: string | null }
  | { readonly at: 'reading'; readonly file: File }
  | { readonly at: 'preview'; readonly file: File; readonly preview: Preview }
  | { readonly at: 'importing'; readonly file: File; readonly progress: Progress | null }
  | { readonly at: 'stopped'; readonly progress: Progress | null; readonly error: string | null }
  | { readonly at: 'done'; readonly outcome: Outcome }

/** One import, from the choice of a file to what came of it. Leaving it stops it. */
export function useImport(first: File | null) {
  const [step, setStep] = useState<Step>({ at: 'choose', error: null })
  const running = useRef<AbortController | null>(null)
  const begin = () => {
    running.current?.abort()
    running.current = new AbortController()
    return running.current.signal
  }

  async function choose(file: File) {
    const signal = begin()
    setStep({ at: 'reading', file })
    const answer = await requestPreview(file, signal)
    if (signal.aborted) return
    if (answer.ok) setStep({ at: 'preview', file, preview: answer.value })
    else setStep({ at: 'choose', error: answer.error })
  }

  async function run(file: File) {
    const signal = begin()
    let progress: Progress | null = null
    setStep({ at: 'importing', file, progress })
    const answer = await requestImport(file, signal, (next) => {
      progress = next
      if (!signal.aborted) setStep({ at: 'importing', file, progress })
    })
    if (signal.aborted) return
    if (answer.ok) setStep({ at: 'done', outcome: answer.value })
    else setStep({ at: 'stopped', progress, error: answer.error })
  }

  const stop = () => {
    running.current?.abort()
    if (step.at === 'importing') setStep({ at: 'stopped', progress: step.progress, error: null })
    else setStep({ at: 'choose', error: null })
  }

  const chooseFirst = useEffectEvent((file: File) => void choose(file))
  useEffect(() => {
    if (first) chooseFirst(first)
    return () => running.current?.abort()
  }, [first])
  return { step, choose, run, stop }
}
