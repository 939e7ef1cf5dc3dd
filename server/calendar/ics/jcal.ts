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

// A line that goes on begins with a space, which ical.js does not count among the 75 octets of RFC 5545, 3.1.
ICAL.foldLength = 74

/** Folded, escaped, with CRLF. */
export const textOf = (component: JComponent): string => String(ICAL.stringify([...component]))

/** No control characters but the line feed: a raw socket can write them, and they end a content line. */
export const plain = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  text.replace(/\r\n?/g, '\n').replace(/[\u0000-\u0008\u000b-\u001f\u007f\u2028\u2029]/g, '')
