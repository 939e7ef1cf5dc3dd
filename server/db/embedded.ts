import { realpath } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import { fail, ok, type Result } from '#lib/domain/result.ts'
import { explainFolder, makeFolder } from '../data-folder.ts'
import type { Logger } from '../log.ts'
import { type Cluster, clusterIn, openCluster } from './cluster.ts'
import { findBinaries } from './postgres-binaries.ts'
import { choosePostgresUser, type PostgresUser } from './postgres-user.ts'
import {
  ask,
  freeLoopback,
  type Place,
  readPostmaster,
  runsHere,
  socketIn,
  start,
  stop,
  urlOf,
  wrongPassword,
} from './postmaster.ts'
import { enter, type Tenancy } from './tenancy.ts'

export type Embedded = {
  readonly url: string
  /** Leaves; whoever leaves last stops the server. */
  stop(): Promise<void>
}

type Options = {
  readonly dataFolder: string
  readonly log: Logger
  /** True for the one server of a folder: a second one is refused, and PostgreSQL is kept alive. */
  readonly claim?: boolean
  /** Called when the place is lost for good while PostgreSQL was down; nothing may be written any more. */
  readonly onLost?: (sentence: string) => void
}

type House = {
  readonly cluster: Cluster
  readonly user: PostgresUser
  readonly password: string
  place: Place | null
}

/** How long another process may take to start, recover after a power cut, or stop. */
const PATIENCE = 60_000
/** How long the previous server’s connection may take to be noticed as gone. */
const HANDOVER = 3000

/** Attaches to the PostgreSQL of a data folder, or starts it. @returns errors as sentences to print. */
export async function startEmbedded(options: Options): Promise<Result<Embedded, string>> {
  const house = await openHouse(options.dataFolder)
  if (!house.ok) return house
  const first = await settle(house.value, options)
  if (!first.ok) return first
  let tenancy = first.value.tenancy
  let leaving = false
  const keepAlive = async () => {
    for (;;) {
      await tenancy.ended
      if (leaving) return
      options.log.warn('the connection to the embedded PostgreSQL ended; looking after it')
      const again = await settle(house.value, options)
      if (!again.ok) return options.onLost?.(again.error)
      tenancy = again.value.tenancy
      options.log.info('the embedded PostgreSQL is there again')
    }
  }
  if (options.claim) void keepAlive()
  return ok({
    url: first.value.url,
    stop: async () => {
      leaving = true
      await tenancy.leave(() => stop(house.value.cluster))
    },
  })
}

async function openHouse(dataFolder: string): Promise<Result<House, string>> {
  const binaries = await findBinaries()
  if (!binaries.ok) return binaries
  try {
    await makeFolder(dataFolder)
    const cluster = clusterIn(await realpath(dataFolder))
    const user = await choosePostgresUser(cluster.folder, binaries.value)
    if (!user.ok) return user
    const password = await openCluster(cluster, user.value)
    if (!password.ok) return password
    return ok({ cluster, user: user.value, password: password.value, place: socketIn(cluster) })
  } catch (error) {
    return fail(explainFolder(dataFolder, error))
  }
}

/** Finds or starts the server, and enters. */
async function settle(
  house: House,
  options: Options,
): Promise<Result<{ url: string; tenancy: Tenancy }, string>> {
  const begun = Date.now()
  let occupiedSince: number | null = null
  let pause = 20
  for (;;) {
    const found = await findOrStart(house)
    if (found.ok) {
      const tenancy = await enter(found.value, options.claim === true).catch(() => 'stopping' as const)
      if (typeof tenancy === 'object') return ok({ url: found.value, tenancy })
      if (tenancy === 'occupied') {
        occupiedSince ??= Date.now()
        if (Date.now() - occupiedSince > HANDOVER) return fail(occupied(options.dataFolder))
      }
    } else if (found.error.final || Date.now() - begun > PATIENCE) return fail(found.error.said)
    if (Date.now() - begun > PATIENCE + HANDOVER)
      return fail(`${house.cluster.folder}: PostgreSQL does not settle.`)
    await delay(pause)
    pause = Math.min(pause * 2, 500)
  }
}

const occupied = (dataFolder: string) =>
  `Another Pupitre is already running on the data folder ${dataFolder}. Stop it first, or give this one another PUPITRE_DATA.`

const unusable = (why: string) => `The embedded PostgreSQL cannot be used: ${why}`

type NotYet = { readonly said: string; readonly final: boolean }

/** One look: is there a server of ours that answers? If nobody is there, starts one. @returns its address. */
async function findOrStart(house: House): Promise<Result<string, NotYet>> {
  const { cluster, password } = house
  const running = await readPostmaster(cluster)
  const here = running !== null && (await runsHere(running.pid, cluster))
  const place =
    socketIn(cluster) ??
    (here && running.port > 0 ? ({ kind: 'loopback', port: running.port } as const) : null)
  const url = place === null ? null : urlOf(place, password)
  const answer = url === null ? 'silent' : await ask(url)
  if (url !== null && answer === 'ready') return ok(url)
  if (answer === 'stranger') return fail({ said: unusable(wrongPassword(cluster)), final: true })
  if (answer === 'busy' || here) {
    return fail({ said: `The embedded PostgreSQL (process ${running?.pid}) does not answer.`, final: false })
  }
  house.place ??= await freeLoopback()
  const started = await start(cluster, house.place, house.user, urlOf(house.place, password))
  if (started.ok) return ok(urlOf(house.place, password))
  // The address is in everybody’s pool once the server has answered there; before that another port will do.
  if (started.error.reason === 'taken') house.place = null
  const final = started.error.reason === 'failed'
  return fail({ said: unusable(started.error.said), final })
}
