'use client'

import { useEffect, useState } from 'react'
import type { DraftText } from '#lib/domain/body.ts'
import type { TextDiff } from '#lib/domain/history/diff.ts'

type Compared = { readonly before: DraftText; readonly after: DraftText; readonly diff: TextDiff }

/** What changed between two texts, found beside the page; the last answer stays while the next one is found. */
export function useDiff(before: DraftText | null, after: DraftText | null): TextDiff | null {
  const [compared, setCompared] = useState<Compared | null>(null)
  useEffect(() => {
    if (!before || !after) return
    return compare(before, after, (diff) => setCompared({ before, after, diff }))
  }, [before, after])
  return before && after ? (compared?.diff ?? null) : null
}

/** @returns how to stop it */
function compare(before: DraftText, after: DraftText, onDiff: (diff: TextDiff) => void): () => void {
  let stopped = false
  const here = async () => {
    const { diffTexts } = await import('#lib/domain/history/diff.ts')
    if (!stopped) onDiff(diffTexts(before, after))
  }
  const worker = newWorker()
  if (!worker) void here()
  worker?.addEventListener('message', ({ data }: MessageEvent<TextDiff>) => {
    worker.terminate()
    if (!stopped) onDiff(data)
  })
  // Its code could not be fetched: better a page that stands still for a moment than none.
  worker?.addEventListener('error', () => {
    worker.terminate()
    if (!stopped) void here()
  })
  worker?.postMessage({ before: plain(before), after: plain(after) })
  return () => {
    stopped = true
    worker?.terminate()
  }
}

const plain = ({ title, body }: DraftText): DraftText => ({ title, body })

function newWorker(): Worker | null {
  try {
    return new Worker(new URL('./diff-worker.ts', import.meta.url), { type: 'module' })
  } catch {
    return null
  }
}
