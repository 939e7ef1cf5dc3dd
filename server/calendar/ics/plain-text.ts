import { parseHTML } from 'linkedom'
import { plain } from './jcal.ts'

/** Google and Outlook write descriptions as HTML, without saying so. */
const TAG =
  /<\/?(a|b|blockquote|br|div|em|font|h[1-6]|html|i|img|li|meta|ol|p|pre|script|span|strong|style|table|td|tr|u|ul)(\s[^<>]*)?\/?>/i
const SILENT = new Set(['script', 'style', 'template', 'head', 'title', 'iframe', 'object', 'svg'])
const BLOCKS = /^(address|blockquote|div|h[1-6]|ol|p|pre|table|tr|ul)$/
/** Of a longer description, this is read: with its tags, some ten times what a note can have. */
const MOST_TEXT = 100_000
/** More elements than that are no description: their tags are dropped without a look at them. */
const MOST_TAGS = 5000

/** A description as a note: plain text, a line for a line. */
export function noteFrom(given: string): string {
  const description = given.slice(0, MOST_TEXT)
  if (!TAG.test(description)) return tidy(description)
  const tags = description.match(/<[a-z]/gi)?.length ?? 0
  return tidy(tags > MOST_TAGS ? description.replace(/<[^<>]*>/g, ' ') : textIn(description))
}

const tidy = (text: string) =>
  plain(text)
    .replace(/\u00a0/g, ' ')
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()

type Step = Node | string

/** Walked without recursion: elements may be nested as deep as the file is long. */
function textIn(html: string): string {
  const { document } = parseHTML(`<!doctype html><html><body>${html}</body></html>`)
  const stack: Step[] = [document.body]
  let text = ''
  for (let step = stack.pop(); step !== undefined; step = stack.pop()) {
    if (typeof step === 'string') text += step === '\n' && (text === '' || text.endsWith('\n')) ? '' : step
    else if (step.nodeType === 3) text += onOneLine(step.textContent ?? '')
    else if (step.nodeType === 1) stack.push(...stepsOf(step as Element).toReversed())
  }
  return text
}

/** Line feeds of HTML are spaces. (Every expression here looks at each character once: files may be hostile.) */
const onOneLine = (text: string) => text.replace(/\s+/g, (space) => (space.includes('\n') ? ' ' : space))

function stepsOf(element: Element): readonly Step[] {
  const tag = element.localName.toLowerCase()
  if (SILENT.has(tag)) return []
  // Blocks that meet share one line feed; the space keeps this one from being shared.
  if (tag === 'br') return [' \n']
  const inside: Step[] = [...element.childNodes]
  if (tag === 'li') return ['\n', '- ', ...inside, '\n']
  if (BLOCKS.test(tag)) return ['\n', ...inside, '\n']
  if (tag === 'td' || tag === 'th') return [...inside, ' ']
  return tag === 'a' ? linked(element, inside) : inside
}

/** The address of a link is what its text does not say. */
function linked(element: Element, inside: readonly Step[]): readonly Step[] {
  const href = element.getAttribute('href') ?? ''
  const text = element.textContent?.trim() ?? ''
  return /^(https?|mailto):/i.test(href) && !href.includes(text) ? [...inside, ` (${href})`] : inside
}
