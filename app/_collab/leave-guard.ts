import type { Cell } from './cell.ts'

/**
 * Lets the browser ask before the page is left while something on it would be lost.
 * @returns how to stop that
 */
export function guardLeaving(atRisk: Cell<boolean>): () => void {
  const ask = (event: BeforeUnloadEvent) => event.preventDefault()
  // Only while it must: for a page that always listens some browsers keep nothing ready for «back».
  const follow = () => {
    if (atRisk.get()) addEventListener('beforeunload', ask)
    else removeEventListener('beforeunload', ask)
  }
  const stop = atRisk.subscribe(follow)
  return () => {
    stop()
    removeEventListener('beforeunload', ask)
  }
}
