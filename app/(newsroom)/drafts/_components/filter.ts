/** What the list of drafts shows, as its address says it: `?q=&state=&sort=&by=`. */
export type ListFilter = {
  readonly search: string
  readonly state: 'active' | 'archived'
  readonly sort: 'edited' | 'title' | 'created'
  /** A volunteer’s id; the server looks at whether it is one. */
  readonly by: string | null
}

export const STATES = ['active', 'archived'] as const satisfies readonly ListFilter['state'][]
export const SORTS = ['edited', 'title', 'created'] as const satisfies readonly ListFilter['sort'][]

/** @param get reads one parameter of the address; whatever it cannot mean is left out. */
export function readFilter(get: (name: string) => string | null): ListFilter {
  return {
    search: (get('q') ?? '').slice(0, 200),
    state: STATES.find((state) => state === get('state')) ?? 'active',
    sort: SORTS.find((sort) => sort === get('sort')) ?? 'edited',
    by: get('by') || null,
  }
}

/** The address of a filter; what is as usual is not said. */
export function addressOf({ search, state, sort, by }: ListFilter): string {
  const params = new URLSearchParams()
  if (search.trim()) params.set('q', search)
  if (state !== 'active') params.set('state', state)
  if (sort !== 'edited') params.set('sort', sort)
  if (by) params.set('by', by)
  return params.size > 0 ? `/drafts?${params}` : '/drafts'
}
