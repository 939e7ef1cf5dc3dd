import { readFile, stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { progress } from '@clack/prompts'
import { parseDay } from '#lib/domain/calendar/days.ts'
import type { PlainDay } from '#lib/domain/calendar/slot.ts'
import { CHANNELS, isChannel } from '#lib/domain/channels/channels.ts'
import { fail, ok, type Result } from '#lib/domain/result.ts'
import { MAX_CALENDAR_BYTES } from '#server/calendar/ics/read-in-worker.ts'
import { CALENDAR_FORMATS, type CalendarFormat, type ImportProblem } from '#server/calendar/types.ts'
import type { CalendarDesk } from './calendar-desk.ts'
import { type Context, done, failed, type Outcome, usage } from './command.ts'
import { inNewsroom } from './newsroom.ts'
import { writeOut } from './out-file.ts'
import { printable } from './printing.ts'
import { findVolunteer } from './volunteer-commands.ts'

const inCalendar = (context: Context, work: (desk: CalendarDesk) => Promise<Outcome>): Promise<Outcome> =>
  inNewsroom(context, ({ withCalendar }) => withCalendar(work))

type Read = Result<Uint8Array, ImportProblem | 'missing' | 'unreadable'>

async function readCalendarFile(path: string): Promise<Read> {
  try {
    if ((await stat(path)).size > MAX_CALENDAR_BYTES) return fail('tooLarge')
    return ok(await readFile(path))
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    return fail(missing ? 'missing' : 'unreadable')
  }
}

/** Ends an import between two parts of it. */
class Interrupted extends Error {}

export async function importCalendar(context: Context): Promise<Outcome> {
  const { positionals, terminal, interrupted } = context
  const words = context.words.calendar
  const file = await readCalendarFile(resolve(terminal.cwd, positionals[0] ?? ''))
  if (!file.ok) return failed(words.problems[file.error])
  return inCalendar(context, async ({ transfer }) => {
    const bar = progressBar(words.importing)
    try {
      const outcome = await transfer.import('operator', file.value, (count, of) => {
        if (interrupted.aborted) throw new Interrupted()
        bar.show(count, of)
      })
      if (!outcome.ok) return failed(words.problems[outcome.error])
      const { added, updated, unchanged, skipped } = outcome.value
      const lines = skipped.map(
        ({ title, reason }) => `${printable(title || words.untitled)}\u00a0: ${words.reasons[reason]}`,
      )
      return {
        kind: 'done',
        clean: skipped.length === 0,
        json: { added, updated, unchanged, skipped },
        text: words.outcome(added, updated, unchanged),
        remarks: skipped.length > 0 ? [...lines, words.skipped(skipped.length)] : [],
      }
    } catch (error) {
      if (error instanceof Interrupted) return failed(context.words.interrupted)
      throw error
    } finally {
      bar.stop()
    }
  })
}

/** For people at a terminal; programs read the answer. */
function progressBar(title: string): { show(count: number, of: number): void; stop(): void } {
  let shown = 0
  let bar: ReturnType<typeof progress> | null = null
  return {
    show(count, of) {
      if (!process.stderr.isTTY || of === 0) return
      if (bar === null) {
        bar = progress({ max: of, output: process.stderr })
        bar.start(title)
      }
      bar.advance(count - shown, `${title} ${count}/${of}`)
      shown = count
    },
    stop: () => bar?.stop(title),
  }
}

const isFormat = (text: string): text is CalendarFormat =>
  (CALENDAR_FORMATS as readonly string[]).includes(text)

function readDays({
  options,
  words,
}: Context): Result<{ from: PlainDay | null; to: PlainDay | null }, string> {
  const days = { from: parseDay(options.from), to: parseDay(options.to) }
  for (const name of ['from', 'to'] as const) {
    if (options[name] !== undefined && days[name] === null) return fail(words.calendar.notADay(`--${name}`))
  }
  const backwards = days.from !== null && days.to !== null && days.to < days.from
  return backwards ? fail(words.calendar.backwards) : ok(days)
}

export async function exportCalendar(context: Context): Promise<Outcome> {
  const { words, options } = context
  const format = String(options.format ?? 'ics')
  if (!isFormat(format)) return usage(words.notOneOf('--format', CALENDAR_FORMATS))
  const channel = options.channel ?? null
  if (channel !== null && !isChannel(channel)) return usage(words.notOneOf('--channel', CHANNELS))
  const days = readDays(context)
  if (!days.ok) return usage(days.error)
  return inCalendar(context, async ({ transfer }) => {
    const file = await transfer.export('operator', { ...days.value, channel }, format)
    const { filename, type, text } = file
    if (typeof options.out !== 'string') return done({ filename, type, text }, text.replace(/\r?\n$/, ''))
    const path = await writeOut(context, options.out, file)
    return path.ok
      ? done({ filename, type, path: path.value }, words.written(path.value))
      : failed(path.error)
  })
}

export const makeFeed = (context: Context): Promise<Outcome> =>
  inNewsroom(context, async (newsroom) => {
    const { words, options } = context
    const email = String(options.email)
    const volunteer = await findVolunteer(newsroom, email)
    if (!volunteer) return failed(words.noVolunteer(printable(email)))
    return newsroom.withCalendar(async ({ feeds }) => {
      const made = await feeds.create('operator', volunteer.id)
      return made.ok ? done({ url: made.value.url }, made.value.url) : failed(words.calendar.notAllowed)
    })
  })
