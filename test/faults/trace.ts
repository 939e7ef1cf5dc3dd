import { spawnSync } from 'node:child_process'
import * as encoding from 'lib0/encoding'
import { MESSAGE } from '#lib/protocol/messages.ts'

/** The frame that says `durable n`, as it stands on the socket. */
function durableOnTheWire(n: number): Buffer {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, MESSAGE.durable)
  encoding.writeVarUint(encoder, n)
  const payload = encoding.toUint8Array(encoder)
  return Buffer.from([0x82, payload.length, ...payload])
}

/** What strace is asked for; it prints `-xx`, so that bytes are bytes. */
const CALLS = 'write,writev,sendto,sendmsg,pwrite64,pwritev,pwritev2,fdatasync,fsync'

/** @returns arguments of strace that trace a program and all that it starts into a file */
export const straceTo = (file: string): string[] => [
  ...['-f', '--seccomp-bpf', '-y', '-xx', '-s', '256'],
  ...['-e', `trace=${CALLS}`, '-e', 'signal=none', '-o', file],
]

/** @throws a sentence where strace is missing, or where this machine lets nobody trace */
export function needStrace(): void {
  const tried = spawnSync('strace', ['-f', '-o', '/dev/null', 'true'], { encoding: 'utf8' })
  if (tried.error) throw new Error('The test of fsync needs strace (Debian: apt-get install strace).')
  if (tried.status === 0) return
  throw new Error(
    `This environment does not permit ptrace, so whether fsync precedes the acknowledgement cannot be seen here: ${tried.stderr.trim()}`,
  )
}

const bytesOf = (hex: string): Buffer => Buffer.from(hex.replaceAll('\\x', ''), 'hex')

const stringsIn = (line: string): Buffer =>
  Buffer.concat([...line.matchAll(/"((?:\\x[0-9a-f]{2})*)"/g)].map(([, hex = '']) => bytesOf(hex)))

const fileOf = (line: string): string => {
  const hex = /^\w+\(\d+<((?:\\x[0-9a-f]{2})+)>/.exec(line)?.[1]
  return hex === undefined ? '' : bytesOf(hex).toString()
}

export type Verdict = {
  /** Acknowledgements that were found in the trace. */
  acknowledged: number
  /** Of these, without a write to the write-ahead log and a flush that began after it and ended well before. */
  early: number[]
  flushes: number
}

/**
 * Reads the trace of one writer who sends an edit only when the one before is acknowledged. Lines are in the order in
 * which strace saw the calls begin and end, and a process goes on only when strace has seen it: so their order is that
 * of cause and effect, across processes.
 * @param acknowledgements numbers of the barriers, in their order
 */
export function flushesBefore(lines: Iterable<string>, acknowledgements: readonly number[]): Verdict {
  const verdict: Verdict = { acknowledged: 0, early: [], flushes: 0 }
  const flushing = new Map<string, number>()
  let writes = 0
  let flushed = 0
  let before = 0
  let next = 0
  for (const traced of lines) {
    const [, pid = '', call = ''] = /^(\d+) +(.*)$/.exec(traced) ?? []
    const inLog = fileOf(call).includes('/pg_wal/')
    if (/^(p?writev?2?|pwrite64)\(/.test(call) && inLog) writes += 1
    if (/^(fdatasync|fsync)\(/.test(call) && inLog) flushing.set(pid, writes)
    if (/^(fdatasync|fsync)\(|^<\.\.\. (fdatasync|fsync) resumed/.test(call) && / = \S+/.test(call)) {
      if (/ = 0$/.test(call) && flushing.has(pid)) {
        flushed = Math.max(flushed, flushing.get(pid) ?? 0)
        verdict.flushes += 1
      }
      flushing.delete(pid)
    }
    const n = acknowledgements[next]
    if (n === undefined || !/^(write|writev|sendto|sendmsg)\(/.test(call) || inLog) continue
    if (!stringsIn(call).includes(durableOnTheWire(n))) continue
    verdict.acknowledged += 1
    if (flushed <= before) verdict.early.push(n)
    before = writes
    next += 1
  }
  return verdict
}
