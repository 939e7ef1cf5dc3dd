const STORAGE_KEY = 'pupitre-single-keys'

/** Keys pressed alone can be turned off, for those who dictate or whose hands tremble (WCAG 2.1.4). */
export function singleKeysWanted(): boolean {
  try {
    return localStorage.getItem(STORAGE_KEY) !== 'off'
  } catch {
    return true
  }
}

export function wantSingleKeys(wanted: boolean): void {
  try {
    localStorage.setItem(STORAGE_KEY, wanted ? 'on' : 'off')
  } catch {
    // A browser that refuses storage keeps the default.
  }
}

/** Whether a key pressed on `target` is text for it rather than a command for us. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  return (
    target.isContentEditable ||
    target.matches('input, textarea, select') ||
    // An open menu, list or dialog has keys of its own.
    target.closest('[role="menu"], [role="listbox"], [role="dialog"], [role="alertdialog"]') !== null
  )
}
