/** What fields of one line share, whether typed in or chosen from. */
export const FIELD_LOOK =
  'h-(--control) w-full min-w-0 rounded-sm border border-edge bg-sheet px-2.5 text-(length:--control-text) text-ink ' +
  'transition-colors duration-100 hover:border-ink focus-visible:border-accent focus-visible:outline-offset-0 ' +
  'disabled:cursor-not-allowed disabled:opacity-55 ' +
  'aria-invalid:border-danger aria-invalid:shadow-[inset_3px_0_0_var(--danger)]'
