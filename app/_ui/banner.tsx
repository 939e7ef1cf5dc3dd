import { CircleAlert, Info, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'

const TONES = {
  info: { icon: Info, look: 'bg-accent-wash text-accent border-accent' },
  warn: { icon: TriangleAlert, look: 'bg-warn-wash text-warn border-warn' },
  danger: { icon: CircleAlert, look: 'bg-danger-wash text-danger border-danger' },
}

type Props = { tone?: keyof typeof TONES; action?: ReactNode; children: ReactNode }

/** News that concerns the whole page. A danger interrupts who listens; the rest waits its turn. */
export function Banner({ tone = 'info', action, children }: Props) {
  const { icon: Icon, look } = TONES[tone]
  return (
    <div
      role={tone === 'danger' ? 'alert' : 'status'}
      className={`flex flex-wrap items-center gap-x-3 gap-y-2 border-l-3 px-3 py-2 text-sm ${look}`}
    >
      <Icon aria-hidden="true" className="size-4 shrink-0" />
      <div className="min-w-0 grow basis-48 text-ink">{children}</div>
      {action}
    </div>
  )
}
