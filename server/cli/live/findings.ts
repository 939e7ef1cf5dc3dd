import { type Finding, good, problem, warning } from '../finding.ts'
import type { Figures } from './figures.ts'
import { CUT_OFF, type LiveWords } from './live-words.ts'
import type { Numbers } from './numbers.ts'

/** Seconds after which a commit is overtaken (R4), and a page says that it is not saved. */
const OVERTAKEN = 0.25
/** Seconds by which rows may lag while five hundred documents are being written, with room to spare. */
const ROWS = 30
/** Seconds of lag of the event loop that people feel, and that keep them from working. */
const FELT = 0.1
const STUCK = 1
const SLOW_ANSWER = 0.25
const FULL_HEAP = 0.8
const MIB = 1024 ** 2

type Telling = { readonly figures: Figures; readonly words: LiveWords; readonly numbers: Numbers }

/** What the figures mean, in the order in which somebody who is called at night asks. */
export const judge = (telling: Telling): readonly Finding[] => [
  people(telling),
  saving(telling),
  showing(telling),
  behind(telling),
  cutOff(telling),
  pages(telling),
  memory(telling),
  eventLoop(telling),
  postgres(telling),
  valkey(telling),
  mail(telling),
  ...disk(telling),
]

function people({ figures, words, numbers: { count } }: Telling): Finding {
  const { connected, writing, rooms } = figures
  const crowd = words.people(count(connected), count(writing), count(rooms))
  return good('people', connected === 0 ? words.nobody : crowd)
}

function saving({ figures, words, numbers: { count, time } }: Telling): Finding {
  const { appendFailures, durable, updates } = figures
  if (appendFailures.now > 0)
    return problem('saving', words.saveFailures(count(appendFailures.now)), words.lookAtPostgres)
  if (!durable) return good('saving', words.quiet)
  const said = words.saving(time(durable.p50), time(durable.p99), count(updates))
  return durable.p99 > OVERTAKEN ? warning('saving', said, words.slowSaving) : good('saving', said)
}

function showing({ figures, words, numbers: { count, time } }: Telling): Finding {
  const { overtaken, shown } = figures
  if (overtaken.now > 0)
    return warning('showing', words.overtaken(count(overtaken.now)), words.lookAtPostgres)
  return good('showing', shown ? words.showing(time(shown.p50), time(shown.p99)) : words.quiet)
}

function behind({ figures, words, numbers: { count, time } }: Telling): Finding {
  const { roomsBehind, rowsBehind, waiting } = figures
  if (roomsBehind > 0) return problem('behind', words.roomsBehind(count(roomsBehind)), words.lookAtPostgres)
  if (rowsBehind > ROWS) return warning('behind', words.rowsBehind(time(rowsBehind)), words.readLog)
  return good('behind', waiting > 0 ? words.waiting(count(waiting)) : words.nothingBehind)
}

function cutOff({ figures: { closes }, words, numbers: { count } }: Telling): Finding {
  const ends = CUT_OFF.map((code) => ({ code, ...(closes.get(code) ?? { now: 0, ever: 0 }) }))
  const ever = count(ends.reduce((sum, end) => sum + end.ever, 0))
  const now = ends.filter((end) => end.now > 0)
  const [worst] = now
  if (!worst) return good('cutOff', words.nobodyCut(ever))
  const list = now.map((end) => words.cutOne(words.cutOffs[end.code], end.code, count(end.now))).join(', ')
  const broken = now.find((end) => end.code === 'loadFailed')
  if (broken) return problem('cutOff', words.cut(list, ever), words.cutAdvice.loadFailed)
  // Somebody closes a laptop: that is no reason to worry anybody.
  const said = words.cut(list, ever)
  return worst.code === 'lost' ? good('cutOff', said) : warning('cutOff', said, words.cutAdvice[worst.code])
}

function pages({ figures, words, numbers: { count } }: Telling): Finding {
  const { failedRequests, requests } = figures
  return failedRequests.now > 0
    ? warning('pages', words.failedPages(count(failedRequests.now)), words.readLog)
    : good('pages', words.pages(count(requests)))
}

function memory({ figures, words, numbers: { size } }: Telling): Finding {
  const { used, limit } = figures.heap
  const said = words.memory(size(figures.memory), size(used), size(limit))
  return limit > 0 && used > limit * FULL_HEAP
    ? warning('memory', said, words.moreMemory)
    : good('memory', said)
}

function eventLoop({ figures, words, numbers: { share, time } }: Telling): Finding {
  const lag = figures.lag?.p99 ?? 0
  const said = words.eventLoop(time(lag), share(figures.cpu))
  if (lag > STUCK) return problem('eventLoop', said, words.busy)
  return lag > FELT ? warning('eventLoop', said, words.busy) : good('eventLoop', said)
}

function postgres({ figures, words, numbers: { count, time } }: Telling): Finding {
  const { up, ping, queued } = figures.postgres
  if (!up) return problem('postgres', words.postgresDown, words.startPostgres)
  if (queued > 0) return warning('postgres', words.postgresQueue(count(queued)), words.slowPostgres)
  const said = words.postgres(time(ping))
  return ping > SLOW_ANSWER ? warning('postgres', said, words.slowPostgres) : good('postgres', said)
}

function valkey({ figures: { bus }, words, numbers: { count } }: Telling): Finding {
  if (!bus) return good('valkey', words.noValkey)
  return bus.connected
    ? good('valkey', words.valkey(count(bus.gaps.ever)))
    : warning('valkey', words.valkeyDown, words.startValkey)
}

function mail({ figures: { mail: queue }, words, numbers: { count } }: Telling): Finding {
  if (!queue) return good('mail', words.noMail)
  return queue.failing > 0
    ? warning('mail', words.mailFailing(count(queue.failing), count(queue.waiting)), words.lookAtMail)
    : good('mail', words.mail(count(queue.waiting)))
}

/** The bounds of `doctor`. */
function disk({ figures: { free }, words, numbers: { size } }: Telling): readonly Finding[] {
  if (free === null) return []
  const said = words.disk(size(free))
  if (free < 200 * MIB) return [problem('disk', said, words.makeRoom)]
  return [free < 1024 * MIB ? warning('disk', said, words.makeRoom) : good('disk', said)]
}
