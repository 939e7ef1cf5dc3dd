/** The places where the entity speaks. `other` is whatever has no channel of its own: a meeting, a deadline. */
export const CHANNELS = ['facebook', 'x', 'instagram', 'youtube', 'blog', 'other'] as const
export type Channel = (typeof CHANNELS)[number]

export const isChannel = (value: unknown): value is Channel =>
  typeof value === 'string' && (CHANNELS as readonly string[]).includes(value)

/** Whether what is planned there will be read outside: a meeting or a deadline is no post. */
export const isPublic = (channel: Channel): boolean => channel !== 'other'
