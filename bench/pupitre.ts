import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join as path } from 'node:path'
import { runCli } from '#test/support/cli.ts'
import { cutPower, postmasterOf } from '#test/support/postmaster.ts'
import { startServer } from '#test/support/server.ts'
import { signIn } from '#test/support/sign-in.ts'
import type { Door, Writer } from './client.ts'

const PASSWORD = 'quatre chevaux verts au bord de la rivière'

/** Somebody who is signed in. */
export type Member = { readonly writer: Writer; readonly cookie: string }

/** Pupitre as it ships: production build, embedded PostgreSQL with fsync on, a data folder of its own. */
export type Newsroom = {
  readonly url: string
  /** Where it keeps everything: what the command line is pointed at. */
  readonly dataFolder: string
  readonly members: readonly Member[]
  /** The drafts, in the order of the texts they were made of. */
  readonly drafts: readonly string[]
  pids(): readonly number[]
  door(draft: string, member: Member): Door
  calendar(member: Member): Door
  /** Starts it on what it has kept; stops it first where it runs. */
  restart(): Promise<void>
  /** `kill -9` of the server; with `all` its PostgreSQL too, as when the power fails. */
  kill(all: boolean): Promise<void>
  /** Stops it and deletes what it kept. */
  dispose(): Promise<void>
}

type Options = {
  readonly texts: readonly string[]
  readonly people: readonly string[]
  /** Settings of the server’s process, beside those of every bench. */
  readonly env?: Readonly<Record<string, string>>
}

export async function openNewsroom({ texts, people, env }: Options): Promise<Newsroom> {
  const server = await startServer({ env: { LOG_LEVEL: 'error', SOCKETS_PER_VOLUNTEER: '100000', ...env } })
  const { url, dataFolder } = server
  const letGo = () => process.kill(server.pid, 'SIGTERM')
  process.once('exit', letGo)
  const dispose = async () => {
    process.removeListener('exit', letGo)
    await server.stop()
  }
  try {
    const members: Member[] = []
    for (const [index, name] of people.entries()) members.push(await join(server, name, index === 0))
    const drafts = await importTexts(texts, dataFolder)
    const doorTo = (name: string, { cookie }: Member): Door => ({
      url: `${url.replace(/^http/, 'ws')}/collab/${name}`,
      headers: { cookie, origin: url },
    })
    return {
      url,
      dataFolder,
      members,
      drafts,
      // PostgreSQL is named on its own: after a kill -9 it is nobody’s child, and its work is ours all the same.
      pids: () => [server.pid, ...[postmasterOf(dataFolder)].filter((pid) => pid !== null)],
      door: (draft, member) => doorTo(`draft/${draft}`, member),
      calendar: (member) => doorTo('calendar/main', member),
      restart: server.restart,
      async kill(all) {
        await server.kill9()
        if (all) cutPower(dataFolder)
      },
      dispose,
    }
  } catch (error) {
    await dispose()
    throw error
  }
}

type Address = { readonly url: string; readonly dataFolder: string }

async function join({ url, dataFolder }: Address, name: string, first: boolean): Promise<Member> {
  const email = `${name.toLowerCase()}@example.org`
  const who = ['--email', email, '--name', name, '--role', first ? 'coordinator' : 'editor']
  const options = { dataFolder, input: PASSWORD }
  const added = await runCli(['volunteer', 'add', ...who, '--password-stdin'], options)
  const cookie = await signIn(url, { email, password: PASSWORD })
  return { writer: { id: (added as { id: string }).id, name, color: '#335577' }, cookie }
}

/** @returns the ids of the drafts, in the order of the texts */
async function importTexts(texts: readonly string[], dataFolder: string): Promise<readonly string[]> {
  if (texts.length === 0) return []
  const folder = mkdtempSync(path(tmpdir(), 'pupitre-texts-'))
  const nameOf = (index: number) => `${String(index).padStart(5, '0')}.txt`
  for (const [index, text] of texts.entries()) writeFileSync(path(folder, nameOf(index)), text)
  const imported = (await runCli(['draft', 'import', folder], { dataFolder })) as {
    drafts: { id: string; source: string }[]
  }
  rmSync(folder, { recursive: true })
  return texts.map((_, index) => {
    const found = imported.drafts.find(({ source }) => source.endsWith(nameOf(index)))
    if (!found) throw new Error(`the text ${nameOf(index)} was not imported`)
    return found.id
  })
}
