/** Sockets that only listen, in a process of their own: see crowd.ts. They count what comes, and read none of it. */
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { tongueOf } from '../wire/messages.ts'
import type { Wire } from '../wire/socket.ts'
import type { CrowdCount, CrowdOrder } from './crowd.ts'
import { inTurns, openListener } from './listener.ts'

type Count = { updates: number; bytes: number }

const wires: Wire[] = []
const counts: Count[] = []
const delay = monitorEventLoopDelay({ resolution: 5 })
let since = process.cpuUsage()

async function open({ door, listeners }: Extract<CrowdOrder, { do: 'open' }>): Promise<void> {
  const { skip } = tongueOf(door)
  const openings = Array.from({ length: listeners }, () => async () => {
    const count: Count = { updates: 0, bytes: 0 }
    counts.push(count)
    wires.push(
      await openListener(door, (message) => {
        count.bytes += message.length
        // A sync message that is no step 1.
        if (message[skip] === 0 && message[skip + 1] !== 0) count.updates += 1
      }),
    )
  })
  await inTurns(openings)
}

function begin(): void {
  for (const count of counts) Object.assign(count, { updates: 0, bytes: 0 })
  since = process.cpuUsage()
  delay.reset()
  delay.enable()
}

function count(): CrowdCount {
  const { user, system } = process.cpuUsage(since)
  const updates = counts.map((one) => one.updates).sort((a, b) => a - b)
  return {
    listeners: wires.length,
    fewest: updates[0] ?? 0,
    usual: updates[Math.floor(updates.length / 2)] ?? 0,
    bytes: counts.reduce((sum, one) => sum + one.bytes, 0),
    gone: wires.filter((wire) => wire.ended()).length,
    cpuSeconds: (user + system) / 1e6,
    lateness: delay.percentile(99) / 1e6 - 5,
  }
}

async function obey(order: CrowdOrder): Promise<CrowdCount | null> {
  if (order.do === 'open') await open(order)
  else if (order.do === 'begin') begin()
  else return count()
  return null
}

process.on('message', (order: CrowdOrder) => {
  obey(order).then(
    (answer) => process.send?.({ ok: true, answer }),
    (error: unknown) => process.send?.({ ok: false, error: String(error) }),
  )
})
// Whoever gave the orders is gone.
process.on('disconnect', () => process.exit(0))
