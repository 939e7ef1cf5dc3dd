type Options = { action?: { label: string; onClick: () => void } }

async function show(kind: 'success' | 'error' | 'message', text: string, options: Options = {}) {
  // Loaded at the first toast: pages that have nothing to announce pay nothing for it.
  const { toast } = await import('sonner')
  toast[kind](text, options)
}

export const toast = {
  done: (text: string, options?: Options) => void show('success', text, options),
  failed: (text: string, options?: Options) => void show('error', text, options),
  note: (text: string, options?: Options) => void show('message', text, options),
}
