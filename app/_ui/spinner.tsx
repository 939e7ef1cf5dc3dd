import { classNames } from './class-names.ts'

/** A turning ring. Decorative: the words beside it say what is going on. */
export function Spinner({ className }: { className?: string }) {
  return (
    <span
      aria-hidden="true"
      className={classNames(
        'inline-block size-[1.1em] shrink-0 animate-[turn_0.8s_linear_infinite] rounded-full border-2 border-current border-r-transparent',
        className,
      )}
    />
  )
}
