import type { Awareness } from 'y-protocols/awareness'
import type { PersonHere } from '#lib/protocol/newsroom-events.ts'
import { type Cell, cell } from './cell.ts'

const isText = (value: unknown): value is string => typeof value === 'string'

/** What the server stamped on a presence; null for one that carries nobody. */
function personOf(state: Readonly<Record<string, unknown>>): PersonHere | null {
  const user = state.user as { id?: unknown; name?: unknown; color?: unknown } | null | undefined
  if (!user || !isText(user.id) || !isText(user.name) || !isText(user.color)) return null
  return { volunteerId: user.id, name: user.name, color: user.color }
}

const samePeople = (a: readonly PersonHere[], b: readonly PersonHere[]) =>
  a.length === b.length &&
  a.every((person, index) => {
    const other = b[index]
    return (
      person.volunteerId === other?.volunteerId && person.name === other.name && person.color === other.color
    )
  })

/** Who else has the document open: one entry a volunteer, however many tabs they have, in a steady order. */
export function othersHere(
  awareness: Awareness,
  me: string,
): Cell<readonly PersonHere[]> & { close(): void } {
  const read = () => {
    const people = new Map<string, PersonHere>()
    for (const state of awareness.getStates().values()) {
      const person = personOf(state)
      if (person && person.volunteerId !== me) people.set(person.volunteerId, person)
    }
    return [...people.values()].sort((a, b) => a.volunteerId.localeCompare(b.volunteerId))
  }
  // A moved caret changes no face: the list is announced when the list changes.
  const people = cell<readonly PersonHere[]>(read(), samePeople)
  const update = () => people.set(read())
  awareness.on('change', update)
  return { get: people.get, subscribe: people.subscribe, close: () => awareness.off('change', update) }
}
