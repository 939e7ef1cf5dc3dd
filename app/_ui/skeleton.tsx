import { classNames } from './class-names.ts'

/** The room that something is about to take. Give it the size of what comes, so that nothing moves. */
export function Skeleton({ className }: { className?: string }) {
  return (
    <span
      aria-hidden="true"
      className={classNames(
        'block animate-[pulse-quiet_1.6s_ease-in-out_infinite] rounded-xs bg-rule',
        className,
      )}
    />
  )
}
