import ICAL from 'ical.js'

/** jCal (RFC 7265): iCalendar as plain arrays, which ical.js turns into text and back. */
export type JProperty = readonly [
  name: string,
  parameters: Readonly<Record<string, string>>,
  type: string,
  ...values: unknown[],
]
export type JComponent = readonly [
  name: string,
  properties: readonly JProperty[],
  components: readonly JComponent[],
]

export const property = (name: string, type: string, ...values: unknown[]): JProperty => [
  name,
  {},
  type,
  ...values,
]

/** Octets of a content line (RFC 5545, 3.1), CRLF apart. */
const MOST_OCTETS = 75

/** Folded, escaped, with CRLF. */
export function textOf(component: JComponent): string {
  const lines: string[] = []
  write(component, lines)
  return `${lines.join('\r\n')}\r\n`
}

function write([name, properties, components]: JComponent, lines: string[]): void {
  lines.push(`BEGIN:${name.toUpperCase()}`)
  for (const one of properties)
    lines.push(folded(ICAL.stringify.property([...one], ICAL.design.defaultSet, true)))
  for (const one of components) write(one, lines)
  lines.push(`END:${name.toUpperCase()}`)
}

/** ical.js folds too, but a tenth as fast, and counts the space not in with which a line goes on. */
function folded(line: string): string {
  if (Buffer.byteLength(line) <= MOST_OCTETS) return line
  const parts: string[] = []
  let [from, octets, most] = [0, 0, MOST_OCTETS]
  for (let at = 0; at < line.length; ) {
    const code = line.codePointAt(at) ?? 0
    const more = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
    if (octets + more > most) {
      parts.push(line.slice(from, at))
      // The space in front of what goes on is one of its octets.
      ;[from, octets, most] = [at, 0, MOST_OCTETS - 1]
    }
    octets += more
    at += code < 0x10000 ? 1 : 2
  }
  return [...parts, line.slice(from)].join('\r\n ')
}

/** No control characters but the line feed: a raw socket can write them, and they end a content line. */
export const plain = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  text.replace(/\r\n?/g, '\n').replace(/[\u0000-\u0008\u000b-\u001f\u007f\u2028\u2029]/g, '')
