/** Where everybody lands who came from nowhere in particular. */
const HOME = '/drafts'

/** The sign-in page, told where to lead afterwards: a link that a colleague shared still opens its draft. */
export const signInFor = (path: string | null): string =>
  path && path !== HOME && isWithin(path) ? `/sign-in?next=${encodeURIComponent(path)}` : '/sign-in'

/** What `next` asks for if it is a path of this site, else the drafts. */
export const wayBack = (next: unknown): string => (typeof next === 'string' && isWithin(next) ? next : HOME)

/** `//elsewhere` and `/\elsewhere` are other sites to a browser. */
const isWithin = (path: string): boolean => path.length <= 512 && /^\/(?![/\\])[^\s\\]*$/.test(path)
