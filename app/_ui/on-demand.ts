'use client'

import { type ComponentType, useCallback, useEffect, useState } from 'react'

/** How long after a page is there its parts on demand are fetched all the same; milliseconds. */
const QUIET_MS = 5_000

const noPart = () => null

/**
 * A part of the page whose code arrives when it is first wanted: what opens a menu does not weigh on the first
 * load. Once the page has been quiet it is fetched ahead, so that it also opens without a connection.
 * @returns the part once it is there; until then `want` fetches it.
 */
export function useOnDemand<Props>(load: () => Promise<ComponentType<Props>>) {
  const [Part, setPart] = useState<ComponentType<Props> | null>(null)
  useEffect(() => {
    const timer = setTimeout(() => void load().catch(noPart), QUIET_MS)
    return () => clearTimeout(timer)
  }, [load])
  const want = useCallback(() => {
    // Without a connection and never fetched: the press does nothing, the next one tries again.
    void load().then((part) => setPart(() => part), noPart)
  }, [load])
  return { Part, want }
}
