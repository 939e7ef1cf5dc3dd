import type { Services } from '#server/services.ts'

/**
 * What the process built at its start (server/services.ts). A custom server and the App Router's code share no
 * module instances, so the services are handed over here: importing them would make a second database pool and
 * a second set of rooms.
 */
export function services(): Services {
  const built = (globalThis as { [key: symbol]: unknown })[Symbol.for('pupitre.services')]
  if (!built)
    throw new Error('The services are missing: pages are served by server/main.ts, not by Next alone.')
  return built as Services
}
