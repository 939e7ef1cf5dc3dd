import { Banner } from './banner.tsx'

/** What is wrong with a form as a whole, said above it and aloud. */
export function FormError({ children }: { children: string | undefined }) {
  return children ? <Banner tone="danger">{children}</Banner> : null
}
