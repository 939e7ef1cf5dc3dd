import type { Wording } from '#lib/domain/history/blocks.ts'
import { diffTexts } from '#lib/domain/history/diff.ts'

export type DiffQuestion = { readonly before: Wording; readonly after: Wording }

// A long text takes longer to compare than a page may stand still.
addEventListener('message', ({ data }: MessageEvent<DiffQuestion>) => {
  postMessage(diffTexts(data.before, data.after))
})
