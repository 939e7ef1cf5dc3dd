export const THEME_COOKIE = 'pupitre-theme'

export const THEMES = ['system', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

export const parseTheme = (text: string | undefined): Theme =>
  THEMES.find((theme) => theme === text) ?? 'system'

const listeners = new Set<() => void>()

/** Calls back when this page's theme changes. @returns how to stop that */
export function onThemeChange(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const shownTheme = (): Theme => parseTheme(document.documentElement.dataset.theme)

/** Shows a theme at once and keeps it for a year: the server writes it on <html> at the next load. */
export function applyTheme(theme: Theme): void {
  document.documentElement.dataset.theme = theme
  for (const listener of listeners) listener()
  const secure = location.protocol === 'https:' ? '; Secure' : ''
  // biome-ignore lint/suspicious/noDocumentCookie: Safari and Firefox have no cookieStore in the versions we serve
  document.cookie = `${THEME_COOKIE}=${theme}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`
}
