import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { getSchema } from '@tiptap/core'
import { yXmlFragmentToProseMirrorRootNode } from '@tiptap/y-tiptap'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { draftExtensions } from '#lib/documents/draft/editor.ts'
import { bodyOf } from '#lib/documents/draft/roots.ts'
import { DRAFT_MARKS, DRAFT_NODES, type DraftFacts, draftKind } from '#lib/documents/draft/shape.ts'
import { canonicalDoc } from '#lib/documents/draft/suggestions/canonical.ts'
import { canonicalText, textHash } from '#lib/documents/draft/text.ts'

/**
 * The hash of the shape that each version of the schema has. Once a version is out, documents of it are in
 * people’s databases: its line here, and its golden document, never change again.
 */
const SHAPES: Readonly<Record<number, string>> = {
  1: '776be455857f31d2',
  2: '353362e4281953f4',
}

const GOLDEN = join(import.meta.dirname, '../../fixtures/documents/draft')
const schema = getSchema(draftExtensions)

/** What decides how a document is stored: names, nesting, attributes with their defaults, roots, facts. */
function shapeNow(): string {
  const attributes = (attrs: Readonly<Record<string, { default?: unknown }>> | null | undefined) =>
    Object.entries(attrs ?? {})
      .map(([name, spec]) => [name, spec.default ?? null])
      .toSorted()
  const nodes = Object.values(schema.nodes).map(({ name, spec }) => [
    name,
    spec.content ?? '',
    spec.marks ?? null,
    spec.inline ?? false,
    (spec.group ?? '').split(' ').toSorted(),
    attributes(spec.attrs),
  ])
  const marks = Object.values(schema.marks).map(({ name, spec }) => [
    name,
    spec.excludes ?? null,
    attributes(spec.attrs),
  ])
  const facts = Object.keys(draftKind.read(new Y.Doc())).toSorted()
  const shape = [nodes.toSorted(), marks.toSorted(), [...draftKind.roots].toSorted(), facts]
  return createHash('sha256').update(JSON.stringify(shape)).digest('hex').slice(0, 16)
}

describe('the shape of drafts', () => {
  it('is the one that its schema version has had from the first', () => {
    expect(
      shapeNow(),
      'The shape of drafts changed. Raise schemaVersion in lib/documents/draft/shape.ts, bring older documents up ' +
        'in migrate(), keep a golden document of the new version, and add its hash to SHAPES.',
    ).toBe(SHAPES[draftKind.schemaVersion])
  })

  it('has one hash and one golden document for every version there ever was', () => {
    const versions = Array.from({ length: draftKind.schemaVersion }, (_, at) => at + 1)
    expect(Object.keys(SHAPES).map(Number)).toEqual(versions)
    for (const version of versions) expect(golden(version).update.length).toBeGreaterThan(100)
  })

  it('has the elements and marks that rooms let through, and no others', () => {
    const elements = Object.keys(schema.nodes).filter((name) => name !== 'doc' && name !== 'text')
    expect([...DRAFT_NODES].toSorted()).toEqual(elements.toSorted())
    expect([...DRAFT_MARKS].toSorted()).toEqual(Object.keys(schema.marks).toSorted())
  })
})

/** Of the first version, the hash of its text was not known yet. */
type GoldenFacts = Omit<DraftFacts, 'text' | 'hash'> & Partial<Pick<DraftFacts, 'hash'>>

function golden(version: number): { update: Uint8Array; facts: GoldenFacts } {
  const { update, facts } = JSON.parse(readFileSync(join(GOLDEN, `v${version}.json`), 'utf8')) as {
    update: string
    facts: GoldenFacts
  }
  return { update: Buffer.from(update, 'base64'), facts }
}

describe('a document of an older version, or of this one', () => {
  it.each(Object.keys(SHAPES).map(Number))('%i comes up to this one with every word', (version) => {
    const { update, facts } = golden(version)
    const doc = new Y.Doc()
    Y.applyUpdate(doc, update)
    doc.transact(() => draftKind.migrate(doc, version))
    const { text, ...read } = draftKind.read(doc)
    expect(read).toEqual({ hash: read.hash, ...facts })
    expect(draftKind.refuse(Y.decodeUpdate(Y.encodeStateAsUpdate(doc)))).toBeNull()
    const body = yXmlFragmentToProseMirrorRootNode(bodyOf(doc), schema)
    expect(() => body.check()).not.toThrow()
    expect(canonicalDoc(body).textContent).toBe(facts.plainText.replaceAll('\n', ''))
    expect(textHash(canonicalText(text))).toBe(read.hash)
  })
})
