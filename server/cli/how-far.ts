import type { BackupWords } from './backup-words.ts'

/** Milliseconds between two looks of a terminal, and between two lines where there is none. */
const REDRAW = 100
const LINE = 10_000
/** Before so many milliseconds nobody can tell how long it takes. */
const TOO_EARLY = 2000
const WIDTH = 24

type Watcher = { show(done: number, total: number): void; stop(): void }

/** A bar at a terminal, a line now and then elsewhere, on standard error; nothing for programs that read JSON. */
export function howFar(what: string, words: BackupWords, json: boolean, now = Date.now): Watcher {
  if (json) return { show() {}, stop() {} }
  const { stderr } = process
  const began = now()
  let shown = began
  let drawn = false
  return {
    show(done, total) {
      const moment = now()
      if (moment - shown < (stderr.isTTY ? REDRAW : LINE) || total === 0) return
      shown = moment
      const part = Math.min(done / total, 1)
      const isEarly = moment - began < TOO_EARLY || part === 0
      const left = isEarly ? null : Math.round(((moment - began) / 1000) * (1 / part - 1))
      const line = words.progress(what, Math.floor(part * 100), megabytes(done), left)
      if (stderr.isTTY) stderr.write(`\r${barOf(part)} ${line}\u001b[K`)
      else stderr.write(`${line}\n`)
      drawn = stderr.isTTY
    },
    stop() {
      if (drawn) stderr.write('\r\u001b[K')
    },
  }
}

const barOf = (part: number): string => {
  const full = Math.round(part * WIDTH)
  return '█'.repeat(full) + '░'.repeat(WIDTH - full)
}

export const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(bytes < 1e6 ? 2 : 1)
