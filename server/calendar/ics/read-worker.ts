import { parentPort, workerData } from 'node:worker_threads'
import { z } from 'zod'
import { readCalendar } from './read.ts'

/** Reads one file and ends. What it may cost is decided by whoever starts it: `read-in-worker.ts`. */

const given = z.object({ file: z.instanceof(Uint8Array), newsroom: z.string() }).parse(workerData)

const startsWith = (...start: number[]) => start.every((byte, at) => given.file[at] === byte)

/** Bytes that are no text become U+FFFD: they spoil the event that they are in, and no other. */
const encoding = startsWith(0xff, 0xfe) ? 'utf-16le' : startsWith(0xfe, 0xff) ? 'utf-16be' : 'utf-8'

parentPort?.postMessage(readCalendar(new TextDecoder(encoding).decode(given.file), given.newsroom))
