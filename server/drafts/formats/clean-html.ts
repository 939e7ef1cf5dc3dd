import { isSafeHref } from '#lib/domain/links.ts'
import { directHref, gatherWordLists, stylesByClass } from './word.ts'

/** Gone with everything in them: what runs, what is drawn, what is filled in, what is about the page. */
const DROPPED = [
  ...[
    'script',
    'style',
    'template',
    'noscript',
    'iframe',
    'frame',
    'object',
    'embed',
    'applet',
    'svg',
    'math',
  ],
  ...[
    'canvas',
    'audio',
    'video',
    'button',
    'input',
    'select',
    'textarea',
    'title',
    'meta',
    'link',
    'base',
    'hr',
  ],
].join(',')

const KEPT_ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  a: ['href'],
  ol: ['start', 'type'],
}
const LISTS_AND_BLOCKS = /^(ul|ol|blockquote|h[1-6]|div|table)$/

const tagOf = (element: Element) => element.localName.toLowerCase()

function rename(element: Element, tag: string): Element {
  const renamed = element.ownerDocument.createElement(tag)
  renamed.append(...element.childNodes)
  element.replaceWith(renamed)
  return renamed
}

const unwrap = (element: Element) => element.replaceWith(...element.childNodes)

function wrapContents(element: Element, tag: string): void {
  const wrapper = element.ownerDocument.createElement(tag)
  wrapper.append(...element.childNodes)
  element.append(wrapper)
}

function dropAllButText(root: Node): void {
  const stack: Node[] = [root]
  for (let node = stack.pop(); node; node = stack.pop()) {
    for (const child of [...node.childNodes]) {
      if (child.nodeType === 1) stack.push(child)
      else if (child.nodeType !== 3) child.remove()
    }
  }
}

/** Boldness and slant written as style become marks; styles that undo a tag undo it. */
function styleToMarks(document: Document): void {
  const sheet = stylesByClass(document)
  for (const element of [...document.body.querySelectorAll('[style],[class]')]) {
    const classes = (element.getAttribute('class') ?? '').split(/\s+/)
    const style = [...classes.map((name) => sheet.get(name) ?? ''), element.getAttribute('style') ?? ''].join(
      ';',
    )
    const weight = /(?<![\w-])font-weight\s*:\s*(\w+)/i.exec(style)?.[1] ?? ''
    const tag = tagOf(element)
    if (/^(b|strong)$/.test(tag) && /^(normal|[1-4]00)$/i.test(weight)) unwrap(element)
    // A heading is bold by itself: as a mark it would only be noise.
    else if (!/^h[1-6]$/.test(tag)) {
      if (/^(bold|bolder|[6-9]00)$/i.test(weight)) wrapContents(element, 'strong')
      if (/(?<![\w-])font-style\s*:\s*(italic|oblique)/i.test(style)) wrapContents(element, 'em')
    }
  }
}

function linksAndImages(document: Document): void {
  for (const link of [...document.querySelectorAll('a')]) {
    const href = directHref((link.getAttribute('href') ?? '').trim())
    if (isSafeHref(href)) link.setAttribute('href', href)
    else unwrap(link)
  }
  for (const image of [...document.querySelectorAll('img')])
    image.replaceWith(image.getAttribute('alt') ?? '')
}

function preformatted(pre: Element): void {
  const { ownerDocument } = pre
  const paragraph = ownerDocument.createElement('p')
  const lines = (pre.textContent ?? '').replace(/^\n/, '').trimEnd().split('\n')
  for (const [at, line] of lines.entries()) {
    if (at > 0) paragraph.append(ownerDocument.createElement('br'))
    // Indentation is what preformatted text is about; ordinary spaces would be folded.
    paragraph.append(line.replace(/^[ \t]+/, (indent) => '\u00a0'.repeat(indent.replace(/\t/g, '  ').length)))
  }
  pre.replaceWith(paragraph)
}

/** Blocks that a draft does not have become the nearest ones it has. */
function fitBlocks(document: Document): void {
  for (const title of [...document.querySelectorAll('p.title,p.MsoTitle')]) rename(title, 'h1')
  for (const heading of [...document.querySelectorAll('h4,h5,h6')]) rename(heading, 'h3')
  for (const part of [...document.querySelectorAll('dt,dd,caption,figcaption,summary,address')])
    rename(part, 'p')
  for (const pre of [...document.querySelectorAll('pre')]) preformatted(pre)
  for (const row of [...document.querySelectorAll('tr')]) {
    const paragraph = document.createElement('p')
    for (const [at, cell] of [...row.children].entries()) {
      if (at > 0) paragraph.append(' | ')
      const blocks = [...cell.querySelectorAll('p,div,li')]
      for (const block of blocks) block.append(' ')
      for (const block of blocks) unwrap(block)
      paragraph.append(...cell.childNodes)
    }
    row.replaceWith(paragraph)
  }
  // The schema wants a paragraph first in an item; without one the parser would tear the list apart.
  for (const item of document.querySelectorAll('li')) {
    const first = [...item.childNodes].find((node) => node.nodeType === 1 || node.textContent?.trim())
    if (first?.nodeType === 1 && LISTS_AND_BLOCKS.test(tagOf(first as Element))) {
      item.prepend(document.createElement('p'))
    }
  }
}

function dropAttributes(document: Document): void {
  for (const element of document.body.querySelectorAll('*')) {
    const kept = KEPT_ATTRIBUTES[tagOf(element)] ?? []
    for (const name of element.getAttributeNames()) if (!kept.includes(name)) element.removeAttribute(name)
  }
}

/** Word processors space blocks with paragraphs of nothing; one that is really empty was meant. */
function dropSpacers(document: Document): void {
  for (const paragraph of [...document.querySelectorAll('p')]) {
    if (paragraph.childNodes.length > 0 && !paragraph.textContent?.trim()) paragraph.remove()
  }
}

/** Leaves in the body what a draft can hold, and nothing that could run, load or look. */
export function cleanHtml(document: Document): void {
  dropAllButText(document.body)
  gatherWordLists(document)
  styleToMarks(document)
  for (const element of [...document.body.querySelectorAll(DROPPED)]) element.remove()
  linksAndImages(document)
  fitBlocks(document)
  dropAttributes(document)
  dropSpacers(document)
}
