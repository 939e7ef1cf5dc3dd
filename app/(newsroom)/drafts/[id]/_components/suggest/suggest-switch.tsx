'use client'

/** Between writing and suggesting. */
export function SuggestSwitch() {
  return null
}
