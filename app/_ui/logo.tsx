/** A writer’s caret with its name flag, which is also a P. */
export function Logo({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 16 20" aria-hidden="true" fill="currentColor" className={className}>
      <path d="M1 0h11.5A2.5 2.5 0 0 1 15 2.5v6a2.5 2.5 0 0 1-2.5 2.5H4v9H1z" />
    </svg>
  )
}
