import { useEffect, useEffectEvent, useRef, useState } from 'react'

/** A word typed at speed asks once, after this pause; milliseconds. */
const PAUSE_MS = 150

/**
 * What stands in a search field while one types, and what is asked for.
 * @param value what is asked for now; where somebody else than the field changes it, the field follows
 */
export function useTypedSearch(value: string, onSearch: (search: string) => void) {
  const [typed, setTyped] = useState(value)
  const asked = useRef(value)
  const ask = useEffectEvent((search: string) => {
    asked.current = search
    onSearch(search)
  })
  useEffect(() => {
    if (typed.trim() === asked.current.trim()) return
    const timer = setTimeout(() => ask(typed), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [typed])
  useEffect(() => {
    if (value.trim() === asked.current.trim()) return
    asked.current = value
    setTyped(value)
  }, [value])
  const clear = () => {
    setTyped('')
    asked.current = ''
    onSearch('')
  }
  return { typed, setTyped, clear }
}
