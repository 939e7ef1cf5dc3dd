'use client'

import type { ComponentProps } from 'react'
import { classNames } from './class-names.ts'
import { Tooltip } from './tooltip.tsx'

export type IconButtonProps = Omit<ComponentProps<'button'>, 'aria-label'> & {
  /** What the button does; said aloud, and shown on hover and focus. */
  label: string
  /** Keys that do the same, shown beside the label. */
  keys?: string
  /** Pressed state of a toggle. */
  pressed?: boolean
}

export function iconButtonLook(className?: string) {
  return classNames(
    'inline-grid size-(--control) shrink-0 place-items-center rounded-sm text-soft transition-colors duration-100',
    'not-disabled:hover:bg-well not-disabled:hover:text-ink disabled:cursor-not-allowed disabled:opacity-45',
    'aria-pressed:bg-accent-wash aria-pressed:text-accent [&_svg]:size-[1.125rem]',
    className,
  )
}

export function IconButton({ label, keys, pressed, className, children, ...rest }: IconButtonProps) {
  return (
    <Tooltip label={label} keys={keys}>
      <button
        type="button"
        {...rest}
        aria-label={label}
        aria-pressed={pressed}
        className={iconButtonLook(className)}
      >
        {children}
      </button>
    </Tooltip>
  )
}
