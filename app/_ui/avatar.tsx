import { initials, inkOn } from './avatar-letters.ts'
import { classNames } from './class-names.ts'

type AvatarPerson = { readonly name: string; readonly color: string }

const SIZES = { small: 'size-6 text-[0.625rem]', normal: 'size-8 text-xs', large: 'size-12 text-lg' }

type AvatarProps = AvatarPerson & {
  size?: keyof typeof SIZES
  /** When the name is already written beside it. */
  decorative?: boolean
  className?: string
}

export function Avatar({ name, color, size = 'normal', decorative = false, className }: AvatarProps) {
  const naming = decorative ? { 'aria-hidden': true } : { role: 'img', 'aria-label': name, title: name }
  return (
    <span
      {...naming}
      style={{ backgroundColor: color, color: inkOn(color) }}
      className={classNames(
        'inline-grid shrink-0 select-none place-items-center rounded-full font-semibold leading-none tracking-tight',
        SIZES[size],
        className,
      )}
    >
      {initials(name)}
    </span>
  )
}

type StackProps = {
  people: readonly AvatarPerson[]
  /** Accessible name of the whole, such as «Here now: Zoé and Ali». */
  label: string
  /** How many faces before a number stands for the rest. */
  most?: number
  size?: 'small' | 'normal'
}

export function AvatarStack({ people, label, most = 4, size = 'small' }: StackProps) {
  if (people.length === 0) return null
  const shown = people.length > most ? people.slice(0, most - 1) : people
  const rest = people.length - shown.length
  return (
    <span
      role="img"
      aria-label={label}
      title={people.map((person) => person.name).join(', ')}
      className="flex"
    >
      {shown.map((person, index) => (
        <Avatar
          // Two people may share a name and a colour.
          key={index}
          {...person}
          decorative
          size={size}
          className="-ml-1.5 ring-2 ring-paper first:ml-0"
        />
      ))}
      {rest > 0 && (
        <span
          aria-hidden="true"
          className={classNames(
            'figures -ml-1.5 inline-grid place-items-center rounded-full bg-well font-semibold text-soft ring-2 ring-paper',
            SIZES[size],
          )}
        >
          +{rest}
        </span>
      )}
    </span>
  )
}
