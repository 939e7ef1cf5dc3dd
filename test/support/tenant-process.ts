import { createInterface } from 'node:readline'
import { startEmbedded } from '#server/db/embedded.ts'
import { createLog } from '#server/log.ts'

/**
 * A process that lives in a data folder's PostgreSQL until it reads a line, or is killed.
 * Arguments: the folder, and `claim` for the one server of it. Says one line of JSON when it is in or refused.
 */
const [dataFolder = '', claim] = process.argv.slice(2)
const say = (news: object) => console.log(JSON.stringify(news))
const log = createLog({ logLevel: 'silent' })
const embedded = await startEmbedded({
  dataFolder,
  log,
  claim: claim === 'claim',
  onLost: (sentence) => say({ lost: sentence }),
})
if (embedded.ok) {
  say({ url: embedded.value.url })
  for await (const _ of createInterface(process.stdin)) break
  await embedded.value.stop()
} else say({ refused: embedded.error })
process.exit()
