/** What a message asks of its caller: the names of its arguments, each with the kind of value it takes. */
export type Arguments = ReadonlyMap<string, string>

/** Reads the arguments of an ICU message, those inside plural and select branches too. */
export function argumentsOf(message: string): Arguments {
  const found = new Map<string, string>()
  const end = readMessage(message, 0, found)
  if (end !== message.length) throw new Error(`A brace too many at ${end} in: ${message}`)
  return found
}

/** @returns the index of the `}` that closes this message, or its length */
function readMessage(text: string, from: number, found: Map<string, string>): number {
  let at = from
  while (at < text.length && text[at] !== '}') at = text[at] === '{' ? readArgument(text, at, found) : at + 1
  return at
}

function readArgument(text: string, open: number, found: Map<string, string>): number {
  const head = /^\{\s*(\w+)\s*(?:,\s*(\w+)\s*(,)?|)/.exec(text.slice(open))
  if (!head?.[1]) throw new Error(`Not an argument at ${open} in: ${text}`)
  const [whole, name, kind = 'text', more] = head
  found.set(name, kind)
  let at = open + whole.length
  if (more && /^(plural|selectordinal|select)$/.test(kind)) at = readBranches(text, at, found)
  const close = text.indexOf('}', at)
  if (close < 0) throw new Error(`An argument that nothing closes in: ${text}`)
  return close + 1
}

function readBranches(text: string, from: number, found: Map<string, string>): number {
  let at = from
  let hasOther = false
  for (;;) {
    const branch = /^\s*(=\d+|\w+)\s*\{/.exec(text.slice(at))
    if (!branch) break
    hasOther ||= branch[1] === 'other'
    at = readMessage(text, at + branch[0].length, found) + 1
  }
  if (!hasOther) throw new Error(`No “other” branch in: ${text}`)
  return at
}
