'use client'

import { Toaster as Sonner } from 'sonner'

/** Where short news of what one has just done appears. `label` names the region for who listens. */
export function Toaster({ label }: { label: string }) {
  return (
    <Sonner
      position="bottom-center"
      containerAriaLabel={label}
      gap={8}
      offset={{ bottom: 'calc(var(--foot) + 1rem)' }}
      mobileOffset={{ bottom: 'calc(var(--foot) + 0.75rem)' }}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            'flex w-full items-center gap-3 rounded-sm bg-ink px-3.5 py-2.5 text-paper text-base shadow-lift font-sans',
          title: 'font-normal',
          description: 'text-sm opacity-80',
          icon: '[&_svg]:size-4.5',
          actionButton:
            'ml-auto shrink-0 rounded-sm border border-current/40 px-2.5 py-1 font-medium text-sm',
        },
      }}
    />
  )
}
