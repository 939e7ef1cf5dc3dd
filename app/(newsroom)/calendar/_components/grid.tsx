'use client'

/** Month, week and day. */
export function Grid() {
  return <div className="grow" />
}
