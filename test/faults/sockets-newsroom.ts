import { setTimeout as pause } from 'node:timers/promises'
import { draftDocument } from '#lib/documents/registry.ts'
import type { DraftId } from '#lib/domain/ids.ts'
import type { CloseName } from '#lib/protocol/close-codes.ts'
import { readText } from '#server/drafts/formats/read-text.ts'
import { atDesk } from '#test/support/desk.ts'
import { type RunningServer, startServer } from '#test/support/server.ts'
import { signIn } from '#test/support/sign-in.ts'
import type { Doorway } from './doorway.ts'

const PASSWORD = 'une longue phrase de passe'
const TOKEN = 'a token of the fault tests'.replaceAll(' ', '-')

/** A real server with people and drafts, and a look at its memory from outside. */
export async function openNewsroom() {
  const server: RunningServer = await startServer({ env: { METRICS_TOKEN: TOKEN, LOG_LEVEL: 'error' } })
  const cookies = new Map<string, string>()
  const names = ['ada', 'bo', 'cy', 'di'] as const
  const drafts = await atDesk(server.dataFolder, async ({ volunteers, drafts }) => {
    for (const name of names) {
      const email = `${name}@exemple.quebec`
      const added = await volunteers.add({ email, name, role: 'editor', locale: 'fr', password: PASSWORD })
      if (!added.ok) throw new Error(JSON.stringify(added.error))
    }
    const created: DraftId[] = []
    for (const title of ['Un', 'Deux', 'Trois', 'Quatre', 'Cinq', 'Six', 'Sept', 'Huit']) {
      const made = await drafts.create('operator', { title, body: readText('Bonjour.').toJSON() })
      if (!made.ok) throw new Error(made.error)
      created.push(made.value as DraftId)
    }
    return created
  })
  for (const name of names) {
    cookies.set(name, await signIn(server.url, { email: `${name}@exemple.quebec`, password: PASSWORD }))
  }

  const doorOf = (name: string, who: string): Doorway => ({
    url: `${server.url.replace(/^http/, 'ws')}/collab/${name}`,
    cookie: cookies.get(who) ?? '',
    origin: server.url,
  })
  const metrics = async (): Promise<string> => {
    const answer = await fetch(`${server.url}/metrics`, { headers: { authorization: `Bearer ${TOKEN}` } })
    if (!answer.ok) throw new Error(`/metrics says ${answer.status}`)
    return answer.text()
  }
  const figure = (text: string, name: string): number =>
    Number(new RegExp(`^${name}(?:\\{[^}]*\\})? (\\S+)$`, 'm').exec(text)?.[1] ?? 0)

  let marks = 0
  return {
    server,
    /** A number that nobody has written yet. */
    nextMark: () => {
      marks += 1
      return marks
    },
    draftDoor: (index: number, who: string) => {
      const id = drafts[index]
      if (id === undefined) throw new Error(`there is no draft ${index}`)
      return doorOf(draftDocument(id), who)
    },
    newsroomDoor: (who: string) => doorOf('newsroom', who),
    /** Bytes: what the process takes of the machine, and what of it JavaScript holds. */
    memory: async () => {
      const text = await metrics()
      const held = figure(text, 'nodejs_heap_size_used_bytes') + figure(text, 'nodejs_external_memory_bytes')
      return { resident: figure(text, 'process_resident_memory_bytes'), held }
    },
    /** How many sockets were closed with this code since the start. */
    closes: async (name: CloseName) => {
      const found = new RegExp(`^pupitre_socket_closes_total\\{[^}]*"${name}"[^}]*\\} (\\d+)$`, 'm')
      return Number(found.exec(await metrics())?.[1] ?? 0)
    },
    /** Resolves when no socket is open any more. */
    emptied: async () => {
      const count = async () =>
        [...(await metrics()).matchAll(/^pupitre_sockets(?:\{[^}]*\})? (\d+)$/gm)]
          .map(([, open]) => Number(open))
          .reduce((sum, open) => sum + open, 0)
      for (const deadline = performance.now() + 30_000; (await count()) > 0; await pause(100))
        if (performance.now() > deadline) throw new Error('sockets stay open')
    },
    stop: () => server.stop(),
  }
}

export type FaultNewsroom = Awaited<ReturnType<typeof openNewsroom>>
