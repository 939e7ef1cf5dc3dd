/** What word processors do to HTML, undone before it is read. The DOM here is never shown anywhere. */

const LIST_CLASS = /\bMsoListParagraph/i
const LIST_LEVEL = /mso-list:[^;]*?\blevel(\d)/i
const IGNORED = /mso-list:\s*ignore/i

/** Boldness and slant that Google Docs puts into a style sheet, by class name. */
export function stylesByClass(document: Document): ReadonlyMap<string, string> {
  const styles = new Map<string, string>()
  for (const sheet of document.querySelectorAll('style')) {
    for (const [, name = '', rule = ''] of (sheet.textContent ?? '').matchAll(/\.([\w-]+)\s*\{([^{}]*)\}/g)) {
      styles.set(name, `${styles.get(name) ?? ''};${rule}`)
    }
  }
  return styles
}

/** The real address behind Google Docs’ redirection. */
export function directHref(href: string): string {
  if (!/^https:\/\/www\.google\.com\/url\?/i.test(href) || !URL.canParse(href)) return href
  return new URL(href).searchParams.get('q') ?? href
}

type WordItem = { readonly paragraph: Element; readonly level: number; readonly ordered: boolean }

/** Word writes a list as paragraphs with a typed bullet; reads the level, takes the bullet out. */
function wordItem(paragraph: Element): WordItem | null {
  const style = paragraph.getAttribute('style') ?? ''
  const level = LIST_LEVEL.exec(style)
  if (!level || !(LIST_CLASS.test(paragraph.getAttribute('class') ?? '') || /mso-list:/i.test(style)))
    return null
  let bullet = ''
  for (const span of paragraph.querySelectorAll('span')) {
    if (!IGNORED.test(span.getAttribute('style') ?? '')) continue
    bullet += span.textContent ?? ''
    span.remove()
  }
  return { paragraph, level: Number(level[1]), ordered: /^\s*\(?(\d+|[a-z]{1,4})[.)]/i.test(bullet) }
}

/** Turns runs of Word’s list paragraphs into lists, nested by level. */
export function gatherWordLists(document: Document): void {
  let open: { list: Element; level: number; lastItem: Element }[] = []
  let previous: Element | null = null
  for (const paragraph of [...document.querySelectorAll('p')]) {
    const item = wordItem(paragraph)
    if (!item) continue
    if (open[0]?.list !== previous || paragraph.previousElementSibling !== previous) open = []
    while ((open.at(-1)?.level ?? 0) > item.level) open.pop()
    const li = document.createElement('li')
    let place = open.at(-1)
    if (place?.level !== item.level) {
      const list = document.createElement(item.ordered ? 'ol' : 'ul')
      if (place) place.lastItem.append(list)
      else paragraph.replaceWith(list)
      place = { list, level: item.level, lastItem: li }
      open.push(place)
    }
    place.list.append(li)
    place.lastItem = li
    paragraph.remove()
    const inside = document.createElement('p')
    inside.append(...paragraph.childNodes)
    li.append(inside)
    previous = open[0]?.list ?? null
  }
}
