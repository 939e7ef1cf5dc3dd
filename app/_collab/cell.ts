/** A value that React can subscribe to (`useSyncExternalStore`) and that changes outside of React. */
export type Cell<T> = {
  get(): T
  subscribe(listener: () => void): () => void
}

export type WritableCell<T> = Cell<T> & { set(value: T): void }

/** @param same values that are the same are not announced: React would render for nothing. */
export function cell<T>(initial: T, same: (a: T, b: T) => boolean = Object.is): WritableCell<T> {
  let value = initial
  const listeners = new Set<() => void>()
  return {
    get: () => value,
    set(next) {
      if (same(value, next)) return
      value = next
      for (const listener of listeners) listener()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
