import type { Channel } from '#lib/domain/channels/channels.ts'

/** The address of a feed that shows less than all: the secret stays, what is shown is said after it. */
export function feedAddress(
  url: string,
  { only, channel }: { readonly only: 'all' | 'mine'; readonly channel: Channel | null },
): string {
  const address = new URL(url)
  if (only === 'mine') address.searchParams.set('only', 'mine')
  if (channel) address.searchParams.set('channel', channel)
  return address.href
}
