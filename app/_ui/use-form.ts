'use client'

import { type FormEvent, useRef, useState } from 'react'

/** What comes back from the server: keys, which the page puts into words. */
export type Answer<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly error: string; readonly fields?: Readonly<Record<string, string>> }

type Wrong = { error: string | null; fields: Readonly<Record<string, string>> }
const NOTHING_WRONG: Wrong = { error: null, fields: {} }

/**
 * Sends a form and keeps what was typed in it whatever comes back. Not `<form action>`: React empties the
 * fields after that, also when the answer is an error.
 */
export function useForm<Value>(
  send: (fields: Readonly<Record<string, string>>) => Promise<Answer<Value>>,
  onDone: (value: Value) => void | Promise<void>,
) {
  const [busy, setBusy] = useState(false)
  const [wrong, setWrong] = useState<Wrong>(NOTHING_WRONG)
  const sending = useRef(false)

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const form = event.currentTarget
    if (sending.current) return
    sending.current = true
    setBusy(true)
    const answer = await attempt(() => send(readFields(form)))
    if (answer.ok) {
      setWrong(NOTHING_WRONG)
      await onDone(answer.value)
    } else {
      const fields = answer.fields ?? {}
      // Where fields say what is wrong with them, the form as a whole has nothing to add.
      const named = Object.keys(fields).length > 0
      setWrong({ error: named ? null : answer.error, fields })
      focusFirst(form, fields)
    }
    setBusy(false)
    sending.current = false
  }

  return { busy, ...wrong, submit }
}

/** Says beside a field what the server said of the form as a whole. */
export function atField<Value>(
  answer: Answer<Value>,
  fieldOf: Readonly<Record<string, string>>,
): Answer<Value> {
  const field = answer.ok ? undefined : fieldOf[answer.error]
  return answer.ok || !field ? answer : { ...answer, fields: { [field]: answer.error } }
}

/** A call that never reached the server is an answer too. */
export async function attempt<Value>(call: () => Promise<Answer<Value>>): Promise<Answer<Value>> {
  try {
    return await call()
  } catch (cause) {
    // Next moves to another page by throwing; that must go through.
    if (isNavigation(cause)) throw cause
    return { ok: false, error: 'unreachable' }
  }
}

const isNavigation = (cause: unknown) =>
  cause instanceof Error && 'digest' in cause && String(cause.digest).startsWith('NEXT_')

function readFields(form: HTMLFormElement): Record<string, string> {
  const fields: Record<string, string> = {}
  for (const [name, value] of new FormData(form)) if (typeof value === 'string') fields[name] = value
  return fields
}

function focusFirst(form: HTMLFormElement, wrong: Readonly<Record<string, string>>) {
  for (const control of form.elements) {
    if (control instanceof HTMLElement && (control.getAttribute('name') ?? '') in wrong)
      return control.focus()
  }
}
