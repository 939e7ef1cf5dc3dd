'use client'

import { type KeyboardEvent, type RefObject, useId, useLayoutEffect, useRef, useState } from 'react'
import { usePeople } from '../_people/people.tsx'
import type { Person } from '../_people/person.ts'
import { findPeople, optionId } from './mention-list.tsx'
import { type Call, callAt, nameAt, type Written } from './written.ts'

type Field = RefObject<HTMLTextAreaElement | null>

/** «@» and the beginning of a name, in a field whose text is `written`. */
export function useMentions(field: Field, written: Written, onWrite: (written: Written) => void) {
  const { all, me } = usePeople()
  const list = useId()
  const [call, setCall] = useState<Call | null>(null)
  const [chosen, setChosen] = useState(0)
  const caret = useRef<number | null>(null)
  const people = call ? findPeople(all, me.id, call.typed) : []
  const open = people.length > 0

  // React puts the caret at the end of a text that it changed.
  useLayoutEffect(() => {
    if (caret.current === null) return
    field.current?.setSelectionRange(caret.current, caret.current)
    caret.current = null
  })

  function choose(person: Person) {
    if (!call) return
    const named = nameAt(written, call, person)
    caret.current = named.caret
    setCall(null)
    onWrite(named.written)
  }

  /** @returns whether the key was the list’s */
  function onKey(event: KeyboardEvent): boolean {
    if (!open || event.nativeEvent.isComposing || event.ctrlKey || event.metaKey) return false
    const person = people[chosen]
    if (event.key === 'ArrowDown') setChosen((chosen + 1) % people.length)
    else if (event.key === 'ArrowUp') setChosen((chosen + people.length - 1) % people.length)
    else if (event.key === 'Escape') setCall(null)
    else if ((event.key === 'Enter' || event.key === 'Tab') && person) choose(person)
    else return false
    event.preventDefault()
    event.stopPropagation()
    return true
  }

  return {
    list,
    people,
    chosen,
    choose,
    point: setChosen,
    onKey,
    /** The text or the caret has changed. */
    follow(next: Written, position: number) {
      const found = callAt(next, position)
      if (found?.typed !== call?.typed) setChosen(0)
      setCall(found)
    },
    close: () => setCall(null),
    aria: {
      'aria-autocomplete': 'list',
      'aria-haspopup': 'listbox',
      'aria-controls': open ? list : undefined,
      'aria-activedescendant': open ? optionId(list, chosen) : undefined,
    } as const,
  }
}
