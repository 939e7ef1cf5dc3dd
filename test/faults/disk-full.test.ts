import { afterEach, beforeEach, expect, test } from 'vitest'
import { asSuperuserOf } from './as-superuser.ts'
import { length } from './length.ts'
import { type OwnPostgres, ownPostgres } from './own-postgres.ts'
import { report } from './report.ts'
import { type SmallDisk, smallDisk } from './small-disk.ts'
import { openSuffering, suffer } from './two-writers.ts'

const FULL = length({ short: 2000, long: 60_000 })

let disk: SmallDisk

beforeEach(() => {
  disk = smallDisk(200)
})
afterEach(() => disk.remove())

/** PostgreSQL, and rooms upon it, on the small disk, for as long as `work` takes. */
async function onSmallDisk(
  kept: boolean,
  work: (house: Awaited<ReturnType<typeof openSuffering>>, postgres: OwnPostgres) => Promise<void>,
): Promise<void> {
  const postgres = await ownPostgres(disk.path, kept)
  try {
    const house = await openSuffering(postgres)
    try {
      await work(house, postgres)
    } finally {
      await house.close()
    }
  } finally {
    disk.free()
    await postgres.remove()
  }
}

test(`R7: the disk is full for ${FULL} ms, and PostgreSQL says so`, { timeout: 240_000 }, () =>
  onSmallDisk(false, async (house, postgres) => {
    const suffered = await suffer(house, postgres, {
      begin: () => disk.fill(),
      lasts: FULL,
      end: () => disk.free(),
    })
    report('disk full', suffered)
  }),
)

test(
  `R7: there is no place for the write-ahead log for ${FULL} ms, and PostgreSQL dies of it and comes back by itself`,
  {
    timeout: 240_000,
  },
  () =>
    onSmallDisk(true, async (house, postgres) => {
      const suffered = await suffer(house, postgres, {
        begin: async () => {
          disk.fill()
          // The next record needs a file of its own.
          await asSuperuserOf(postgres, (admin) => admin.query('select pg_switch_wal()')).catch(() => {})
        },
        lasts: FULL,
        end: () => disk.free(),
      })
      report('no place for the write-ahead log', suffered)
      expect(postgres.lost()).toBeNull()
    }),
)
