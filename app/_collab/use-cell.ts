'use client'

import { useSyncExternalStore } from 'react'
import type { Cell } from './cell.ts'

/** Renders again when a value outside of React changes. */
export function useCell<T>(source: Cell<T>): T {
  return useSyncExternalStore(source.subscribe, source.get, source.get)
}
