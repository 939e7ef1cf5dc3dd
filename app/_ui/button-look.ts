import { classNames } from './class-names.ts'

export type ButtonKind = 'primary' | 'quiet' | 'danger' | 'ghost'
export type ButtonSize = 'normal' | 'small'

const BASE =
  'relative inline-flex shrink-0 items-center justify-center gap-2 rounded-sm border font-medium select-none ' +
  'transition-colors duration-100 disabled:cursor-not-allowed disabled:opacity-55 aria-disabled:opacity-55'

const KINDS: Record<ButtonKind, string> = {
  primary:
    'border-accent bg-accent text-on-accent not-disabled:hover:border-accent-hover not-disabled:hover:bg-accent-hover',
  quiet: 'border-edge bg-sheet text-ink not-disabled:hover:border-ink not-disabled:hover:bg-well',
  danger:
    'border-danger bg-danger text-on-danger not-disabled:hover:border-danger-hover not-disabled:hover:bg-danger-hover',
  ghost: 'border-transparent bg-transparent text-soft not-disabled:hover:bg-well not-disabled:hover:text-ink',
}

const SIZES: Record<ButtonSize, string> = {
  normal: 'h-(--control) px-3.5 text-base',
  small: 'h-(--control-small) px-2.5 text-sm',
}

/** The look of a button, also for links that act like one. */
export function buttonLook(kind: ButtonKind = 'quiet', size: ButtonSize = 'normal', className?: string) {
  return classNames(BASE, KINDS[kind], SIZES[size], className)
}
