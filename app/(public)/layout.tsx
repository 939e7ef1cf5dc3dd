import type { ReactNode } from 'react'
import { ClientMessages } from '../_i18n/client-messages.tsx'

export default function PublicLayout({ children }: { children: ReactNode }) {
  return <ClientMessages namespaces={['common', 'setup', 'signIn', 'invitation']}>{children}</ClientMessages>
}
