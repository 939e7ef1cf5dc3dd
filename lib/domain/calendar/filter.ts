import { CHANNELS, type Channel } from '../channels/channels.ts'
import { parseVolunteerId, type VolunteerId } from '../ids.ts'
import { STAGES, type Stage } from '../review/stage.ts'
import { foldForSearch, wordsForSearch } from '../text.ts'
import { parseDay } from './days.ts'
import { LIMITS, type PlainDay, type Slot } from './slot.ts'

export const VIEWS = ['month', 'week', 'day', 'agenda', 'board'] as const
export type CalendarView = (typeof VIEWS)[number]

const isView = (value: unknown): value is CalendarView => VIEWS.some((view) => view === value)

/** What is on show. A slot must meet every list that is not empty, and have every word of `text`. */
export type SlotFilter = {
  readonly channels: readonly Channel[]
  /** `null` stands for slots that nobody owns. */
  readonly owners: readonly (VolunteerId | null)[]
  readonly stages: readonly Stage[]
  readonly tags: readonly string[]
  readonly text: string
}

/** What an address of the calendar says. Null: whatever the reader’s device shows by itself. */
export type CalendarFilter = SlotFilter & {
  readonly view: CalendarView | null
  readonly date: PlainDay | null
}

export const NO_FILTER: SlotFilter = { channels: [], owners: [], stages: [], tags: [], text: '' }

/** The words that a slot shows: those of its draft, where it has one. */
export type Shown = Pick<Slot, 'title' | 'stage'>

const bare = (tag: string) => foldForSearch(tag.replace(/^#/, '')).trim()

/** The filter, made ready once for many slots. `shown` is the draft’s title and stage, where the slot has one. */
export function matcher(filter: SlotFilter): (slot: Slot, shown?: Shown | null) => boolean {
  const channels = new Set(filter.channels)
  const owners = new Set(filter.owners)
  const stages = new Set(filter.stages)
  const tags = new Set(filter.tags.map(bare))
  const words = wordsForSearch(filter.text)
  return (slot, shown) => {
    if (channels.size > 0 && !slot.channels.some((channel) => channels.has(channel))) return false
    if (owners.size > 0 && !owners.has(slot.owner)) return false
    if (stages.size > 0 && !stages.has((shown ?? slot).stage)) return false
    if (tags.size > 0 && !slot.tags.some((tag) => tags.has(bare(tag)))) return false
    if (words.length === 0) return true
    const text = foldForSearch([shown?.title ?? '', slot.title, ...slot.tags, slot.note].join('\n'))
    return words.every((word) => text.includes(word))
  }
}

export const matches = (slot: Slot, filter: SlotFilter, shown?: Shown | null): boolean =>
  matcher(filter)(slot, shown)

export const isFiltering = (filter: SlotFilter): boolean =>
  filter.channels.length + filter.owners.length + filter.stages.length + filter.tags.length > 0 ||
  filter.text !== ''

/** Values of a list as an address gives them: repeated, each once, no more than a screen could show. */
const listed = (params: URLSearchParams, name: string) => [...new Set(params.getAll(name))].slice(0, 50)

/**
 * An address’ query: `view`, `date`, and any number of `channel`, `owner` (an id or `none`), `status`, `tag`, then
 * `q`. What is unknown or out of range is left out: an old link still opens.
 */
export function parseFilter(params: URLSearchParams): CalendarFilter {
  const view = params.get('view')
  const owners = listed(params, 'owner').flatMap((text) => {
    const owner = text === 'none' ? null : parseVolunteerId(text)
    return owner === null && text !== 'none' ? [] : [owner]
  })
  const tags = listed(params, 'tag').map((tag) => tag.trim())
  return {
    view: isView(view) ? view : null,
    date: parseDay(params.get('date')),
    channels: CHANNELS.filter((channel) => listed(params, 'channel').includes(channel)),
    owners,
    stages: STAGES.filter((stage) => listed(params, 'status').includes(stage)),
    tags: [...new Set(tags)].filter((tag) => tag !== '' && tag.length <= LIMITS.tag),
    text: (params.get('q') ?? '').trim().slice(0, LIMITS.title),
  }
}

/** The query of an address that shows the same to whoever opens it; nothing that is at rest is named. */
export function filterParams(filter: CalendarFilter): URLSearchParams {
  const params = new URLSearchParams()
  if (filter.view !== null) params.set('view', filter.view)
  if (filter.date !== null) params.set('date', filter.date)
  for (const channel of filter.channels) params.append('channel', channel)
  for (const owner of filter.owners) params.append('owner', owner ?? 'none')
  for (const stage of filter.stages) params.append('status', stage)
  for (const tag of filter.tags) params.append('tag', tag)
  if (filter.text !== '') params.set('q', filter.text)
  return params
}
