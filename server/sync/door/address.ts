import { type DocumentAddress, parseDocumentName } from '#lib/documents/registry.ts'

/**
 * What a socket asks for. `schema`: the version of the document's shape that the page was built for. `as`: the id of the
 * volunteer whose page it is, as the page says.
 */
export type Wanted =
  | {
      readonly type: 'document'
      readonly address: DocumentAddress
      readonly schema: number | null
      readonly as: string | null
    }
  | { readonly type: 'newsroom' }

/** No address of ours is longer; what is longer is not looked at. */
const MAX_LENGTH = 256
const PREFIX = '/collab/'

/**
 * Reads the target of an upgrade as it stands: nothing is decoded or resolved, so that one document has
 * one address, and the name that was authorised is the name that is opened.
 * @returns null for whatever is not exactly an address
 */
export function parseAddress(target: string): Wanted | null {
  if (target.length > MAX_LENGTH || !target.startsWith(PREFIX)) return null
  const query = target.indexOf('?')
  const path = query === -1 ? target : target.slice(0, query)
  const name = path.slice(PREFIX.length)
  if (name === 'newsroom') return { type: 'newsroom' }
  const address = parseDocumentName(name)
  if (!address) return null
  const asked = new URLSearchParams(query === -1 ? '' : target.slice(query))
  const schemas = asked.getAll('schema')
  const [schema] = schemas
  if (schemas.length > 1 || (schema !== undefined && !/^\d{1,6}$/.test(schema))) return null
  return {
    type: 'document',
    address,
    schema: schema === undefined ? null : Number(schema),
    as: asked.get('as'),
  }
}
