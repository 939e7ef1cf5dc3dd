import type { Meters } from '../meters.ts'
import type { DocumentBus } from './bus.ts'

/** A bus of which whoever watches the process hears how much it carries. */
export const meteredBus = (bus: DocumentBus, meters: Pick<Meters, 'busIn' | 'busOut'>): DocumentBus => ({
  shared: bus.shared,
  publish(document, first, updates) {
    if (bus.shared) meters.busOut(updates.length)
    bus.publish(document, first, updates)
  },
  announce: (document, message) => bus.announce(document, message),
  seat: (document, people) => bus.seat(document, people),
  seatedElsewhere: () => bus.seatedElsewhere(),
  join: (document, listener) =>
    bus.join(document, {
      updates(first, updates) {
        meters.busIn(updates.length)
        listener.updates(first, updates)
      },
      presence: (node, message) => listener.presence(node, message),
      left: (node) => listener.left(node),
      introduce: () => listener.introduce(),
    }),
  watch: (watcher) => bus.watch(watcher),
  astray: () => bus.astray(),
  close: () => bus.close(),
})
