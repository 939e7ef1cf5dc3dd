import { redirect } from 'next/navigation'
import { currentActor } from './_gate/actor.ts'
import { services } from './_gate/services.ts'

/** The front door: to work, to the sign-in page, or to the set-up of a new house. */
export default async function Home() {
  if (await currentActor()) redirect('/drafts')
  redirect((await services().newsroom.isSetUp()) ? '/sign-in' : '/setup')
}
