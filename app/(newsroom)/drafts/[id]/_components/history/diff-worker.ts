import type { DraftText } from '#lib/domain/body.ts'
import { diffTexts } from '#lib/domain/history/diff.ts'

export type DiffQuestion = { readonly before: DraftText; readonly after: DraftText }

// A long text takes longer to compare than a page may stand still.
addEventListener('message', ({ data }: MessageEvent<DiffQuestion>) => {
  postMessage(diffTexts(data.before, data.after))
})
