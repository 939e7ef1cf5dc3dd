'use client'

import { useState } from 'react'

/** A choice that this browser keeps from one visit to the next. */
export function useKeptChoice<Value extends string>(name: string, values: readonly [Value, ...Value[]]) {
  const [value, setValue] = useState<Value>(() => {
    const kept = read(name)
    return values.find((one) => one === kept) ?? values[0]
  })
  const choose = (next: Value) => {
    setValue(next)
    try {
      localStorage.setItem(name, next)
    } catch {
      // Kept for this visit only.
    }
  }
  return [value, choose] as const
}

function read(name: string): string | null {
  try {
    return localStorage.getItem(name)
  } catch {
    return null
  }
}
