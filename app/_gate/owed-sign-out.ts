/**
 * A sign-out that the server has not heard of, for want of a connection: the session in this browser’s cookie
 * lives on, and no script may take the cookie away. It is written down here, and finished by the next page that
 * opens (app/(newsroom)/_shell/owed-sign-out.tsx).
 */
const KEY = 'pupitre:owed-sign-out'

export const oweSignOut = (volunteerId: string): void => localStorage.setItem(KEY, volunteerId)
export const owesSignOut = (volunteerId: string): boolean => localStorage.getItem(KEY) === volunteerId

/** The session has ended, or somebody has signed in over it. */
export const settleSignOut = (): void => localStorage.removeItem(KEY)
