import { Search, X } from 'lucide-react'
import type { KeyboardEvent, ReactNode, Ref } from 'react'
import { classNames } from './class-names.ts'
import { FIELD_LOOK } from './field-look.ts'
import { Spinner } from './spinner.tsx'

type Props = {
  /** Named for who listens, and shown as long as nothing is typed. */
  label: string
  value: string
  onChange: (typed: string) => void
  onKeyDown?: (event: KeyboardEvent<HTMLInputElement>) => void
  /** Offers to empty the field; `label` names the button. */
  clear?: { readonly label: string; readonly onClear: () => void }
  busy?: boolean
  size?: 'usual' | 'small'
  sign?: ReactNode
  maxLength?: number
  ref?: Ref<HTMLInputElement>
  className?: string
}

/** A field that searches or filters as one types. */
export function SearchField(props: Props) {
  const { label, value, clear, busy, size = 'usual', sign = <Search />, maxLength = 200 } = props
  return (
    <span className={classNames('relative block', props.className)}>
      <span
        aria-hidden={busy ? undefined : 'true'}
        className="pointer-events-none absolute inset-y-0 left-2.5 grid place-items-center text-faint [&_svg]:size-4"
      >
        {busy ? <Spinner /> : sign}
      </span>
      <input
        ref={props.ref}
        type="search"
        enterKeyHint="search"
        aria-label={label}
        placeholder={label}
        value={value}
        maxLength={maxLength}
        onChange={(event) => props.onChange(event.target.value)}
        onKeyDown={props.onKeyDown}
        className={classNames(
          FIELD_LOOK,
          'px-9 [&::-webkit-search-cancel-button]:hidden',
          size === 'small' && 'h-(--control-small) text-sm',
        )}
      />
      {clear && value && (
        <button
          type="button"
          aria-label={clear.label}
          onClick={clear.onClear}
          className="absolute inset-y-0 right-0 grid w-9 place-items-center text-faint hover:text-ink"
        >
          <X aria-hidden="true" className="size-4" />
        </button>
      )}
    </span>
  )
}
