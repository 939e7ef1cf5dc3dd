type Options = { action?: { label: string; onClick: () => void } }

/** Set by the place where toasts appear (toaster-place.tsx): draws it, and resolves once it is there. */
let drawPlace: () => Promise<void> = async () => {}

export function onFirstToast(draw: () => Promise<void>): void {
  drawPlace = draw
}

async function show(kind: 'success' | 'error' | 'message', text: string, options: Options = {}) {
  // Loaded at the first toast: pages that have nothing to announce pay nothing for it.
  const [{ toast }] = await Promise.all([import('sonner'), drawPlace()])
  toast[kind](text, options)
}

/** Without a connection its code may be out of reach: then the news goes unsaid, and nothing else fails. */
const say = (kind: Parameters<typeof show>[0], text: string, options?: Options) => {
  show(kind, text, options).catch(() => {})
}

export const toast = {
  done: (text: string, options?: Options) => say('success', text, options),
  failed: (text: string, options?: Options) => say('error', text, options),
  note: (text: string, options?: Options) => say('message', text, options),
}
