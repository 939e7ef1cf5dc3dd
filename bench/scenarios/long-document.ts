import { existsSync, readFileSync } from 'node:fs'
import { join as path } from 'node:path'
import { gunzipSync } from 'node:zlib'
import * as Y from 'yjs'
import { type Door, join, upload } from '../client.ts'
import { median } from '../statistics.ts'

type Trace = { readonly txns: readonly { readonly patches: readonly [number, number, string][] }[] }

const TRACE = path(import.meta.dirname, '../../../shared/traces/automerge-paper.json.gz')

export type LongDocument = { readonly doc: Y.Doc; readonly edits: number; readonly source: string }

function paragraphOf(doc: Y.Doc): Y.XmlText {
  const paragraph = new Y.XmlElement('paragraph')
  const text = new Y.XmlText()
  paragraph.insert(0, [text])
  doc.getXmlFragment('body').insert(0, [paragraph])
  return text
}

/** 260,000 single edits: the writing of a paper where the recording is at hand, typing made up where it is not. */
export function longDocument(): LongDocument {
  const doc = new Y.Doc()
  const text = paragraphOf(doc)
  let edits = 0
  if (existsSync(TRACE)) {
    const trace = JSON.parse(gunzipSync(readFileSync(TRACE)).toString()) as Trace
    doc.transact(() => {
      for (const { patches } of trace.txns) {
        for (const [at, removed, added] of patches) {
          if (removed > 0) text.delete(at, removed)
          if (added !== '') text.insert(at, added)
          edits += 1
        }
      }
    })
    return { doc, edits, source: 'automerge-paper' }
  }
  doc.transact(() => {
    for (; edits < 260_000; edits += 1) {
      const end = text.length
      if (edits % 10 < 7 || end < 40) text.insert(edits % 50 === 0 ? Math.floor(end / 2) : end, 'e')
      else text.delete(end - 1 - (edits % 30), 1)
    }
  })
  return { doc, edits, source: 'generated typing' }
}

export type Joining = {
  /** Milliseconds from the start of the handshake until the whole document had arrived. */
  readonly arrived: number
  /** The same, until an empty document of the client had taken it in. */
  readonly applied: number
  readonly bytes: number
}

/** Sends the document once; then strangers join it, one after the other. */
export async function joinLongDocument(door: Door, doc: Y.Doc, times: number): Promise<Joining> {
  await upload(door, doc)
  return joinRepeatedly(door, times)
}

export async function joinRepeatedly(door: Door, times: number): Promise<Joining> {
  const joins: Awaited<ReturnType<typeof join>>[] = []
  for (let n = 0; n < times; n += 1) joins.push(await join(door))
  return {
    arrived: median(joins.map((one) => one.arrivedAfter)),
    applied: median(joins.map((one) => one.appliedAfter)),
    bytes: median(joins.map((one) => one.bytes)),
  }
}
