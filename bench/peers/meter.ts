/**
 * Loaded into every server under measurement (`--import`): on demand it collects garbage and says what memory is in
 * use, or records a profile of the CPU. Until it is asked it does nothing.
 */

import { rmSync, writeFileSync } from 'node:fs'
import { Session } from 'node:inspector/promises'
import { createServer } from 'node:net'
import { createInterface } from 'node:readline'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { isMainThread } from 'node:worker_threads'

const path = process.env.BENCH_METER
// Not for its children: whatever builds the pages would take the socket over, and leave without it.
delete process.env.BENCH_METER
const session = new Session()

function memory() {
  setFlagsFromString('--expose-gc')
  const collect: unknown = runInNewContext('gc')
  if (typeof collect === 'function') for (let time = 0; time < 3; time += 1) collect()
  return process.memoryUsage()
}

async function answer(question: string): Promise<unknown> {
  if (question === 'memory') return memory()
  if (question === 'profile') {
    session.connect()
    await session.post('Profiler.enable')
    await session.post('Profiler.setSamplingInterval', { interval: 500 })
    await session.post('Profiler.start')
    return null
  }
  const { profile } = await session.post('Profiler.stop')
  session.disconnect()
  writeFileSync(question, JSON.stringify(profile))
  return null
}

if (path && isMainThread) {
  rmSync(path, { force: true })
  const server = createServer((socket) => {
    createInterface({ input: socket }).once('line', async (question) => {
      socket.end(JSON.stringify(await answer(question)))
    })
  })
  server.on('error', () => {})
  server.listen(path).unref()
}
