'use client'

import { Menu as Base } from '@base-ui/react/menu'
import { Check } from 'lucide-react'
import type { ReactElement, ReactNode } from 'react'
import { classNames } from './class-names.ts'
import { portalHome } from './portal-home.ts'

const POPUP_LOOK =
  'min-w-48 max-w-[calc(100vw-1rem)] rounded-md border border-rule bg-sheet text-ink shadow-lift outline-none animate-[appear_90ms_ease-out]'

const LINE =
  'flex min-h-(--control-small) w-full items-center gap-2.5 rounded-sm px-2.5 py-1 text-left text-base outline-none select-none ' +
  'data-highlighted:bg-well data-disabled:opacity-45 [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-faint'

type MenuProps = {
  /** The button that opens it. */
  trigger: ReactElement
  align?: 'start' | 'center' | 'end'
  side?: 'top' | 'bottom' | 'left' | 'right'
  /** It is drawn because it was just asked for (on-demand.ts). */
  openAtFirst?: boolean
  children: ReactNode
}

export function Menu({ trigger, align = 'end', side = 'bottom', openAtFirst = false, children }: MenuProps) {
  return (
    <Base.Root defaultOpen={openAtFirst}>
      <Base.Trigger render={trigger} />
      <Base.Portal container={portalHome()}>
        <Base.Positioner align={align} side={side} sideOffset={4} collisionPadding={8} className="z-50">
          <Base.Popup className={classNames(POPUP_LOOK, 'p-1')}>{children}</Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

type ItemProps = {
  icon?: ReactNode
  danger?: boolean
  disabled?: boolean
  onSelect: () => void
  children: ReactNode
}

export function MenuItem({ icon, danger = false, disabled = false, onSelect, children }: ItemProps) {
  return (
    <Base.Item
      disabled={disabled}
      onClick={onSelect}
      className={classNames(LINE, danger && 'text-danger [&_svg]:text-danger')}
    >
      {icon}
      {children}
    </Base.Item>
  )
}

/** A line that leads elsewhere; `link` is the anchor (or the router's link) to render. */
export function MenuLink({
  icon,
  link,
  children,
}: {
  icon?: ReactNode
  link: ReactElement
  children: ReactNode
}) {
  return (
    <Base.LinkItem render={link} closeOnClick className={LINE}>
      {icon}
      {children}
    </Base.LinkItem>
  )
}

export function MenuSeparator() {
  return <Base.Separator className="mx-1 my-1 h-px bg-rule" />
}

type ChoiceProps<Value extends string> = {
  label: string
  value: Value
  options: readonly { value: Value; label: string; icon?: ReactNode }[]
  onChange: (value: Value) => void
}

/** One choice among a few, inside a menu. */
export function MenuChoice<Value extends string>({ label, value, options, onChange }: ChoiceProps<Value>) {
  return (
    <Base.RadioGroup value={value} onValueChange={onChange} aria-label={label}>
      <div aria-hidden="true" className="kicker px-2.5 pt-2 pb-1">
        {label}
      </div>
      {options.map((option) => (
        <Base.RadioItem key={option.value} value={option.value} className={LINE}>
          {option.icon}
          <span className="grow">{option.label}</span>
          <Base.RadioItemIndicator>
            <Check aria-hidden="true" />
          </Base.RadioItemIndicator>
        </Base.RadioItem>
      ))}
    </Base.RadioGroup>
  )
}
