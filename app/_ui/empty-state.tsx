import type { ReactNode } from 'react'

type Props = {
  icon?: ReactNode
  title: string
  /** The one next thing to do, in a sentence. */
  children?: ReactNode
  action?: ReactNode
}

export function EmptyState({ icon, title, children, action }: Props) {
  return (
    <div className="mx-auto flex max-w-sm flex-col items-center gap-2 px-4 py-16 text-center">
      {icon && (
        <div aria-hidden="true" className="mb-2 text-faint [&_svg]:size-8 [&_svg]:stroke-[1.25]">
          {icon}
        </div>
      )}
      <p className="font-semibold font-serif text-lg">{title}</p>
      {children && <p className="text-soft">{children}</p>}
      {action && <div className="mt-3">{action}</div>}
    </div>
  )
}
