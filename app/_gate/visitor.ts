import { headers } from 'next/headers'

export type Visitor = { readonly address: string; readonly userAgent: string }

/** Where a request comes from, as the door of the server stamped it (server/http): no visitor writes it themselves. */
export function visitorOf(header: (name: string) => string | null): Visitor {
  return { address: header('x-pupitre-address') ?? 'unknown', userAgent: header('user-agent') ?? '' }
}

export async function visitor(): Promise<Visitor> {
  const sent = await headers()
  return visitorOf((name) => sent.get(name))
}
