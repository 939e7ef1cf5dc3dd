import { useEffect, useRef, useState } from 'react'

/**
 * Keeps a value as it is while `holding`, and lets the latest one through afterwards: a grid whose events are
 * replaced under the hand loses the drop or leaves a ghost (FullCalendar issues 6101 and 7786).
 * @param renew a copy of the value for after the hold, so that the grid forgets what it made up meanwhile
 */
export function useHeld<Value>(value: Value, holding: boolean, renew: (value: Value) => Value): Value {
  const shown = useRef(value)
  const latest = useRef(value)
  const [, draw] = useState(0)
  const held = useRef(false)
  const changed = latest.current !== value
  latest.current = value
  if (!holding && !held.current && changed) shown.current = value
  useEffect(() => {
    if (holding) {
      held.current = true
      return
    }
    if (!held.current) return
    held.current = false
    shown.current = renew(latest.current)
    draw((count) => count + 1)
  }, [holding, renew])
  return shown.current
}
