import { forgetPages } from '../_collab/local-store.ts'
import { settleSignOut } from './owed-sign-out.ts'

/**
 * Somebody has signed in. Pages that were kept for whoever was here before are not theirs: that one’s session may
 * have ended without a sign-out. A full load, so that the newsroom starts from a clean page.
 * @param next a path of this site
 */
export async function arrive(next: string): Promise<void> {
  settleSignOut()
  await forgetPages()
  location.assign(next)
}
