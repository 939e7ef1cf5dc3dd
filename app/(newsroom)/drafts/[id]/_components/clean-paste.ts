import { convertWordLists } from './word-lists.ts'

/** Elements that never hold a writer’s words. */
const NOT_TEXT =
  'style, script, meta, link, title, xml, template, noscript, svg, iframe, object, img, [style*="mso-list:Ignore" i], [style*="mso-list: Ignore" i]'
/** Google Docs wraps everything it copies in a bold that is not bold. */
const FALSE_BOLD = 'b[id^="docs-internal-guid"], b, strong'
const BLOCKS = 'p, h1, h2, h3, h4, h5, h6, ul, ol, blockquote, table, div'
const KEPT_ATTRIBUTES = new Set(['href', 'start'])

type Styled = { readonly style: string; readonly element: Element }

const styleOf = (element: Element) => (element.getAttribute('style') ?? '').toLowerCase()
const property = (style: string, name: string) =>
  new RegExp(`(?:^|;)\\s*${name}\\s*:\\s*([^;]+)`).exec(style)?.[1]?.trim() ?? null

function isHeavy(style: string): boolean | null {
  const weight = property(style, 'font-weight')
  if (weight === null) return null
  return weight.startsWith('bold') || Number.parseInt(weight, 10) >= 600
}

function isSlanted(style: string): boolean | null {
  const slant = property(style, 'font-style')
  return slant === null ? null : slant === 'italic' || slant === 'oblique'
}

function unwrap(element: Element): void {
  element.replaceWith(...element.childNodes)
}

function rename(element: Element, name: string): Element {
  const next = element.ownerDocument.createElement(name)
  next.append(...element.childNodes)
  element.replaceWith(next)
  return next
}

function removeComments(node: Node): void {
  for (const child of [...node.childNodes]) {
    if (child.nodeType === 8) child.remove()
    else removeComments(child)
  }
}

/** What spans say in CSS becomes the marks that say it: bold and italic, and nothing else. */
function spansToMarks(root: Element): void {
  const styled: Styled[] = [...root.querySelectorAll('span, font')].map((element) => ({
    element,
    style: styleOf(element),
  }))
  for (const { element, style } of styled) {
    const document = element.ownerDocument
    if (isHeavy(style)) wrapContent(element, document.createElement('strong'))
    if (isSlanted(style)) wrapContent(element, document.createElement('em'))
    if (property(style, 'mso-spacerun') === 'yes')
      element.textContent = (element.textContent ?? '').replace(/\u00a0/g, ' ')
    unwrap(element)
  }
}

function wrapContent(element: Element, wrapper: Element): void {
  wrapper.append(...element.childNodes)
  element.append(wrapper)
}

function dropFalseMarks(root: Element): void {
  for (const bold of root.querySelectorAll(FALSE_BOLD)) if (isHeavy(styleOf(bold)) === false) unwrap(bold)
  for (const slanted of root.querySelectorAll('i, em'))
    if (isSlanted(styleOf(slanted)) === false) unwrap(slanted)
}

/** A heading is heavy by itself; its level is one of the three that a draft has. */
function simplifyHeadings(root: Element): void {
  for (const title of root.querySelectorAll('p.MsoTitle')) rename(title, 'h1')
  for (const deep of root.querySelectorAll('h4, h5, h6')) rename(deep, 'h3')
  for (const bold of root.querySelectorAll(':is(h1, h2, h3) :is(b, strong)')) unwrap(bold)
}

/** Where a link of Google Docs really leads. */
function withoutRedirect(href: string): string {
  const url = URL.canParse(href) ? new URL(href) : null
  const behind =
    url?.hostname === 'www.google.com' && url.pathname === '/url' ? url.searchParams.get('q') : null
  return behind ?? href
}

function cleanLinks(root: Element, isSafe: (href: string) => boolean): void {
  for (const anchor of root.querySelectorAll('a')) {
    const href = withoutRedirect(anchor.getAttribute('href') ?? '')
    if (isSafe(href)) anchor.setAttribute('href', href)
    else unwrap(anchor)
  }
}

/** Google Docs puts a list inside a list; HTML wants it inside the item above. */
function nestLists(root: Element): void {
  for (const inner of root.querySelectorAll(':is(ul, ol) > :is(ul, ol)')) {
    const above = inner.previousElementSibling
    if (above?.tagName === 'LI') above.append(inner)
    else wrapContent(inner, inner.ownerDocument.createElement('li'))
  }
}

const isBlank = (element: Element) =>
  !/[^\s\u00a0]/u.test(element.textContent ?? '') && element.querySelector('br, li') === null

/** Lines left empty to make room, and breaks between blocks: paragraphs have their own space. */
function dropSpacing(root: Element): void {
  for (const paragraph of root.querySelectorAll('p, h1, h2, h3')) if (isBlank(paragraph)) paragraph.remove()
  for (const lineBreak of root.querySelectorAll('br')) {
    const parent = lineBreak.parentElement
    const between = parent !== null && [...parent.children].some((child) => child.matches(BLOCKS))
    if (between || parent === root || lineBreak.className === 'Apple-interchange-newline') lineBreak.remove()
  }
}

function dropAttributes(root: Element): void {
  for (const element of root.querySelectorAll('*')) {
    for (const { name } of [...element.attributes])
      if (!KEPT_ATTRIBUTES.has(name)) element.removeAttribute(name)
  }
}

/**
 * Turns what Word, Google Docs and web pages put on the clipboard into the few things a draft holds:
 * headings, paragraphs, lists, quotes, bold, italic, and links that `isSafe` lets through.
 * @param document the parsed clipboard; it is changed.
 * @returns the HTML of its body.
 */
export function cleanPasted(document: Document, isSafe: (href: string) => boolean): string {
  const { body } = document
  removeComments(body)
  convertWordLists(body)
  for (const element of body.querySelectorAll(NOT_TEXT)) element.remove()
  // Word’s own elements (`o:p`, `st1:place`) are words with a prefix.
  for (const element of [...body.querySelectorAll('*')]) if (element.localName.includes(':')) unwrap(element)
  dropFalseMarks(body)
  spansToMarks(body)
  simplifyHeadings(body)
  cleanLinks(body, isSafe)
  nestLists(body)
  dropSpacing(body)
  dropAttributes(body)
  return body.innerHTML
}
