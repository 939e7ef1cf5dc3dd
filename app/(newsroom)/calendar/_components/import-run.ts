'use client'

import { useEffect, useRef, useState } from 'react'
import type { Slot } from '#lib/domain/calendar/slot.ts'
import { jsonLines } from './import-lines.ts'

/** An event that does not come in; `reason` is a short key. */
export type SkippedEvent = { readonly uid: string; readonly title: string; readonly reason: string }

export type Preview = {
  readonly added: readonly Slot[]
  readonly updated: readonly Slot[]
  readonly unchanged: number
  readonly skipped: readonly SkippedEvent[]
}

export type Outcome = {
  readonly added: number
  readonly updated: number
  readonly unchanged: number
  readonly skipped: readonly SkippedEvent[]
}

export type Progress = { readonly done: number; readonly of: number }

export type Step =
  | { readonly at: 'choose'; readonly error: string | null }
  | { readonly at: 'reading'; readonly file: File }
  | { readonly at: 'preview'; readonly file: File; readonly preview: Preview }
  | { readonly at: 'importing'; readonly file: File; readonly progress: Progress | null }
  | { readonly at: 'stopped'; readonly progress: Progress | null; readonly error: string | null }
  | { readonly at: 'done'; readonly outcome: Outcome }

const ADDRESS = '/api/calendar/import'

/** One import, from the choice of a file to what came of it. Leaving it stops it. */
export function useImport(first: File | null) {
  const [step, setStep] = useState<Step>({ at: 'choose', error: null })
  const running = useRef<AbortController | null>(null)
  const begin = () => {
    running.current?.abort()
    running.current = new AbortController()
    return running.current.signal
  }
  useEffect(() => () => running.current?.abort(), [])

  async function choose(file: File) {
    const signal = begin()
    setStep({ at: 'reading', file })
    const answer = await send(`${ADDRESS}?preview=1`, file, signal, () => {})
    if (signal.aborted) return
    if (answer.ok) setStep({ at: 'preview', file, preview: answer.value as Preview })
    else setStep({ at: 'choose', error: answer.error })
  }

  async function run(file: File) {
    const signal = begin()
    let progress: Progress | null = null
    setStep({ at: 'importing', file, progress })
    const answer = await send(ADDRESS, file, signal, (next) => {
      progress = next
      if (!signal.aborted) setStep({ at: 'importing', file, progress })
    })
    if (signal.aborted) return
    if (answer.ok) setStep({ at: 'done', outcome: answer.value as Outcome })
    else setStep({ at: 'stopped', progress, error: answer.error })
  }

  const stop = () => {
    running.current?.abort()
    setStep((now) =>
      now.at === 'importing'
        ? { at: 'stopped', progress: now.progress, error: null }
        : { at: 'choose', error: null },
    )
  }

  const started = useRef(false)
  useEffect(() => {
    if (first && !started.current) void choose(first)
    started.current = true
  })
  return { step, choose, run, stop }
}

type Answer = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly error: string }

async function send(
  address: string,
  file: File,
  signal: AbortSignal,
  onProgress: (progress: Progress) => void,
): Promise<Answer> {
  try {
    const response = await fetch(address, {
      method: 'POST',
      body: file,
      headers: { 'content-type': 'text/calendar' },
      signal,
    })
    return await read(response, onProgress)
  } catch {
    // A connection that breaks, and our own stop: the caller tells them apart.
    return { ok: false, error: 'unreachable' }
  }
}

/** TODO by the route's contract. */
async function read(response: Response, onProgress: (progress: Progress) => void): Promise<Answer> {
  if (!response.body) return { ok: false, error: 'unexpected' }
  let answer: Answer = { ok: false, error: 'unreachable' }
  for await (const line of jsonLines(response.body)) {
    const { type, ...rest } = line as { type?: string; done?: number; of?: number; error?: string }
    if (type === 'progress') onProgress({ done: rest.done ?? 0, of: rest.of ?? 0 })
    else if (typeof rest.error === 'string') answer = { ok: false, error: rest.error }
    else answer = { ok: true, value: line }
  }
  return answer
}
