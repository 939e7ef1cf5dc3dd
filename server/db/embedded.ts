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
/** Pause between two attempts to start a server again that does not come back. */
const REVIVE_EVERY = 1000
/** How long a stop waits for a PostgreSQL that is just being brought back. */
const LAST_REVIVAL = 5000

/** Attaches to the PostgreSQL of a data folder, or starts it. @returns errors as sentences to print. */
export async function startEmbedded(options: Options): Promise<Result<Embedded, string>> {
  const house = await openHouse(options.dataFolder)
  if (!house.ok) return house
  const first = await settle(house.value, options)
  if (!first.ok) return fail(first.error.said)
  const place = options.claim
    ? keepAlive(house.value, options, first.value.tenancy)
    : held(first.value.tenancy)
  return ok({
    url: first.value.url,
    stop: async () => {
      const tenancy = await Promise.race([place.letGo(), delay(LAST_REVIVAL, null, { ref: false })])
      await tenancy?.leave(() => stop(house.value.cluster))
    },
  })
}

/** @returns the tenancy that holds now, which from then on is looked after no more; null if it is lost. */
type Held = { letGo(): Promise<Tenancy | null> }

const held = (tenancy: Tenancy): Held => ({ letGo: async () => tenancy })

/**
 * Enters again whenever PostgreSQL dies, starting it anew: for as long as it takes, because what people have written
 * meanwhile is nowhere but in this process. A full disk, say, keeps it from starting until somebody makes room.
 */
function keepAlive(house: House, options: Options, first: Tenancy): Held {
  let leaving = false
  let current: Promise<Tenancy | null> = Promise.resolve(first)
  const again = async (): Promise<Tenancy | null> => {
    options.log.warn('the connection to the embedded PostgreSQL ended; looking after it')
    while (!leaving) {
      const settled = await settle(house, options)
      if (settled.ok) {
        options.log.info('the embedded PostgreSQL is there again')
        return settled.value.tenancy
      }
      if (settled.error.forGood) {
        options.onLost?.(settled.error.said)
        return null
      }
      options.log.error(
        { said: settled.error.said },
        'the embedded PostgreSQL does not come back; trying again',
      )
      await delay(REVIVE_EVERY)
    }
    return null
  }
  const watch = async () => {
    for (let tenancy: Tenancy | null = first; tenancy !== null; tenancy = await current) {
      await tenancy.ended
      if (leaving) return
      current = again()
    }
  }
  void watch()
  return {
    letGo: () => {
      leaving = true
      return current
    },
  }
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

/** `forGood`: the folder is somebody else’s by now, and nothing may be written to it any more. */
type Unsettled = { readonly said: string; readonly forGood: boolean }
type Settled = Result<{ readonly url: string; readonly tenancy: Tenancy }, Unsettled>

/** Finds or starts the server, and enters. */
async function settle(house: House, options: Options): Promise<Settled> {
  const patience = AbortSignal.timeout(PATIENCE)
  let occupiedSince: number | null = null
  try {
    for (let pause = 20; ; pause = Math.min(pause * 2, 500)) {
      const found = await findOrStart(house)
      if (!found.ok && (found.error.final || patience.aborted)) return fail(found.error)
      const tenancy = found.ok ? await enter(found.value, options.claim === true).catch(() => null) : null
      if (found.ok && tenancy !== null && typeof tenancy === 'object')
        return ok({ url: found.value, tenancy })
      if (tenancy === 'occupied') occupiedSince ??= performance.now()
      if (occupiedSince !== null && performance.now() - occupiedSince > HANDOVER)
        return fail({ said: occupied(options.dataFolder), forGood: true })
      await delay(pause)
    }
  } catch (error) {
    return fail({ said: explainFolder(options.dataFolder, error), forGood: false })
  }
}

const occupied = (dataFolder: string) =>
  `Another Pupitre is already running on the data folder ${dataFolder}. Stop it first, or give this one another PUPITRE_DATA.`

const unusable = (why: string) => `The embedded PostgreSQL cannot be used: ${why}`

/** `final`: waiting for it would not help whoever starts. */
type NotYet = Unsettled & { readonly final: boolean }

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
  if (answer === 'stranger')
    return fail({ said: unusable(wrongPassword(cluster)), final: true, forGood: true })
  if (answer === 'busy' || here) {
    const said = `The embedded PostgreSQL (process ${running?.pid}) does not answer.`
    return fail({ said, final: false, forGood: false })
  }
  house.place ??= await freeLoopback()
  const started = await start(cluster, house.place, house.user, urlOf(house.place, password))
  if (started.ok) return ok(urlOf(house.place, password))
  // The address is in everybody’s pool once the server has answered there; before that another port will do.
  if (started.error.reason === 'taken') house.place = null
  const final = started.error.reason === 'failed'
  return fail({ said: unusable(started.error.said), final, forGood: false })
}
