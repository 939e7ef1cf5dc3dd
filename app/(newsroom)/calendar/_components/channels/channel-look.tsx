import { Camera, CircleDot, Newspaper, Play } from 'lucide-react'
import type { ComponentType, ReactNode } from 'react'
import { classNames } from '#app/_ui/class-names.ts'
import type { Channel } from '#lib/domain/channels/channels.ts'
import './channel-look.css'

type Icon = ComponentType<{ className?: string }>

/** Letters drawn as signs: networks’ own logos are theirs. */
function letter(path: string): Icon {
  return ({ className }) => (
    <svg
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="2.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      className={className}
    >
      <path d={path} />
    </svg>
  )
}

/** Told apart by shape as well as by colour. */
export const CHANNEL_ICONS: Readonly<Record<Channel, Icon>> = {
  facebook: letter('M16.5 4h-1.5a4 4 0 0 0-4 4v13M7.5 12h8'),
  x: letter('M5 4l14 16M19 4L5 20'),
  instagram: Camera,
  youtube: Play,
  blog: Newspaper,
  other: CircleDot,
}

/** The channel’s sign on its colour. Decorative: its name is written or said beside it. */
export function ChannelMark({ channel, className }: { channel: Channel; className?: string }): ReactNode {
  const Icon = CHANNEL_ICONS[channel]
  return (
    <span
      aria-hidden="true"
      data-channel={channel}
      className={classNames(
        'inline-grid size-4.5 shrink-0 place-items-center rounded-xs bg-(--channel) text-(--on-channel)',
        className,
      )}
    >
      <Icon className="size-3" />
    </span>
  )
}
