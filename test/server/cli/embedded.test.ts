import { expect, it } from 'vitest'
import { startEmbedded } from '#server/db/embedded.ts'
import { createLog } from '#server/log.ts'
import { spawnCli } from '#test/support/cli.ts'
import { answerOf, passphrase, temporaryFolder } from './desk.ts'

const adding = (email: string) =>
  [
    'volunteer',
    'add',
    '--email',
    email,
    '--name',
    'Maude Roy',
    '--role',
    'editor',
    '--password-stdin',
    '--json',
  ] as const

it('a command makes the embedded database when it is the first, and works beside a server that runs', {
  timeout: 90_000,
}, async () => {
  const dataFolder = await temporaryFolder()
  const env = { DATABASE_URL: '' }
  const first = await spawnCli(adding('a@exemple.quebec'), { dataFolder, input: passphrase, env })
  expect(first.code, first.stderr).toBe(0)

  const log = createLog({ logLevel: 'silent' })
  const server = await startEmbedded({ dataFolder, log, claim: true })
  if (!server.ok) throw new Error(server.error)
  const second = await spawnCli(adding('b@exemple.quebec'), { dataFolder, input: passphrase, env })
  expect(second.code, second.stderr).toBe(0)
  const listed = await spawnCli(['volunteer', 'list', '--json'], { dataFolder, env })
  expect(answerOf<{ volunteers: unknown[] }>(listed).volunteers).toHaveLength(2)
  await server.value.stop()
})
