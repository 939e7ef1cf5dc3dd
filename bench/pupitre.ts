import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runCli } from '#test/support/cli.ts'
import { signIn } from '#test/support/sign-in.ts'
import type { Door, Writer } from './client.ts'
import { freePort, type Program, postgresOf, startProgram } from './processes.ts'
import type { Contender } from './servers.ts'

const LAUNCH = join(import.meta.dirname, '../server/launch.ts')
const PASSWORD = 'quatre chevaux verts au bord de la rivière'

/** Somebody who is signed in. */
export type Member = { readonly writer: Writer; readonly cookie: string }

/** Pupitre as it ships: production build, embedded PostgreSQL with fsync on, a data folder of its own. */
export type Newsroom = {
  readonly url: string
  readonly members: readonly Member[]
  /** The drafts, in the order of the texts they were made of. */
  readonly drafts: readonly string[]
  pids(): readonly number[]
  door(draft: string, member: Member): Door
  start(): Promise<void>
  stop(): Promise<void>
  /** `kill -9` of the server; with `all` its PostgreSQL too, as when the power fails. */
  kill(all: boolean): Promise<void>
  /** Stops it and deletes what it kept. */
  dispose(): Promise<void>
}

type Options = { readonly texts: readonly string[]; readonly people: readonly string[] }

export async function openNewsroom({ texts, people }: Options): Promise<Newsroom> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'pupitre-bench-'))
  const port = await freePort()
  const env = { PORT: String(port), PUPITRE_DATA: dataFolder, LOG_LEVEL: 'error', NODE_ENV: 'production' }
  const start = () => startProgram([LAUNCH], /Pupitre is ready at (\S+)/, env)
  let server: Program = await start()
  const url = server.said
  const forget = () => rmSync(dataFolder, { recursive: true, force: true })
  try {
    const members: Member[] = []
    for (const [index, name] of people.entries()) {
      const email = `banc${index}@example.org`
      const who = ['--email', email, '--name', name, '--role', index === 0 ? 'coordinator' : 'editor']
      const added = (await runCli(['volunteer', 'add', ...who, '--password-stdin'], {
        dataFolder,
        input: PASSWORD,
      })) as { id: string }
      const cookie = await signIn(url, { email, password: PASSWORD })
      members.push({ writer: { id: added.id, name, color: '#335577' }, cookie })
    }
    const drafts = await importTexts(texts, dataFolder)
    return {
      url,
      members,
      drafts,
      pids: () => [server.pid, ...[postgresOf(dataFolder)].filter((pid) => pid !== null)],
      door: (draft, { cookie }) => ({
        url: `${url.replace(/^http/, 'ws')}/collab/draft/${draft}`,
        headers: { cookie, origin: url },
      }),
      async start() {
        server = await start()
      },
      stop: () => server.stop(),
      async kill(all) {
        const postgres = postgresOf(dataFolder)
        await server.kill()
        if (all && postgres) process.kill(postgres, 'SIGKILL')
      },
      async dispose() {
        await server.stop()
        forget()
      },
    }
  } catch (error) {
    await server.stop()
    forget()
    throw error
  }
}

/** @returns the ids of the drafts, in the order of the texts */
async function importTexts(texts: readonly string[], dataFolder: string): Promise<readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'pupitre-texts-'))
  const nameOf = (index: number) => `${String(index).padStart(5, '0')}.txt`
  for (const [index, text] of texts.entries()) writeFileSync(join(folder, nameOf(index)), text)
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

export async function startPupitre(documents: number): Promise<Contender> {
  const texts = Array.from({ length: documents }, (_, index) => `Essai ${index}`)
  const newsroom = await openNewsroom({ texts, people: ['Banc'] })
  const [member] = newsroom.members
  if (!member) throw new Error('nobody is signed in')
  return {
    name: 'Pupitre',
    keeps: true,
    writer: member.writer,
    pids: newsroom.pids,
    door: (index) => newsroom.door(newsroom.drafts[index] ?? '', member),
    async restart() {
      await newsroom.stop()
      await newsroom.start()
    },
    stop: newsroom.dispose,
  }
}
