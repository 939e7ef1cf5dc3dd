import type pg from 'pg'
import type { Attendance } from './door/attendance.ts'
import type { GroupCommit } from './log/group-commit.ts'
import type { SyncGauges } from './meters.ts'
import type { DocumentBus } from './nodes/bus.ts'
import type { Rooms } from './room/rooms.ts'

/** How long after their last update somebody counts as writing, in milliseconds. */
const WRITING_FOR = 30_000

type Parts = {
  readonly rooms: Rooms
  readonly attendance: Attendance
  readonly appender: Pick<GroupCommit, 'waiting' | 'waitingBytes'>
  readonly appends: pg.Pool
  readonly bus: DocumentBus
}

/** How the rooms stand now. Walks over everybody: for a scrape every few seconds, not for every frame. */
export const standingOf = ({ rooms, attendance, appender, appends, bus }: Parts): SyncGauges => ({
  ...roomsNow(rooms),
  ...socketsNow(attendance),
  waiting: { updates: appender.waiting, bytes: appender.waitingBytes },
  appendConnections: {
    total: appends.totalCount,
    idle: appends.idleCount,
    waiting: appends.waitingCount,
  },
  bus: bus.shared ? { connected: !bus.astray() } : null,
})

function roomsNow(rooms: Rooms): Pick<SyncGauges, 'rooms' | 'roomsBehind' | 'projectionLag'> {
  const counts = new Map<string, SyncGauges['rooms'][number]>()
  let roomsBehind = 0
  let projectionLag = 0
  for (const { address, phase, standing } of rooms) {
    const key = `${address.kind} ${phase}`
    counts.set(key, { kind: address.kind, phase, count: (counts.get(key)?.count ?? 0) + 1 })
    if (standing?.behind) roomsBehind += 1
    projectionLag = Math.max(projectionLag, standing?.lag ?? 0)
  }
  return { rooms: [...counts.values()], roomsBehind, projectionLag }
}

function socketsNow(attendance: Attendance): Pick<SyncGauges, 'sockets' | 'people' | 'outgoing'> {
  const counts = { writing: 0, reading: 0, newsroom: 0 }
  const connected = new Set<string>()
  const writing = new Set<string>()
  const since = performance.now() - WRITING_FOR
  let most = 0
  let all = 0
  for (const attendee of attendance) {
    const { volunteerId } = attendee.actor
    connected.add(volunteerId)
    if ((attendee.wroteAt() ?? Number.NEGATIVE_INFINITY) > since) writing.add(volunteerId)
    if (attendee.document === null) counts.newsroom += 1
    else counts[attendee.access === 'write' ? 'writing' : 'reading'] += 1
    const outgoing = attendee.outgoing()
    most = Math.max(most, outgoing)
    all += outgoing
  }
  const kinds = ['writing', 'reading', 'newsroom'] as const
  return {
    sockets: kinds.map((kind) => ({ kind, count: counts[kind] })),
    people: { connected: connected.size, writing: writing.size },
    outgoing: { most, all },
  }
}
