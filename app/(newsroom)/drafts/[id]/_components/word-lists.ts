/**
 * Word writes a list as paragraphs that say «level 2 of list 1» in their style, with the bullet typed in
 * front. This puts the list back.
 */

type WordItem = { readonly paragraph: Element; readonly level: number; readonly ordered: boolean }

const MARKER = '[style*="mso-list:Ignore" i], [style*="mso-list: Ignore" i]'

function readItem(paragraph: Element): WordItem | null {
  const style = paragraph.getAttribute('style') ?? ''
  const level = /mso-list\s*:[^;]*\blevel(\d)/i.exec(style)?.[1]
  if (!level) return null
  const marker = paragraph.querySelector(MARKER)?.textContent ?? ''
  return { paragraph, level: Number(level), ordered: /^\s*\(?[0-9a-z]{1,5}[.)]/i.test(marker) }
}

/** Follows one list down and up its levels. */
function openList(first: WordItem) {
  const document = first.paragraph.ownerDocument
  const make = (ordered: boolean) => document.createElement(ordered ? 'ol' : 'ul')
  const root = make(first.ordered)
  const open: { list: Element; level: number }[] = [{ list: root, level: first.level }]

  const add = (item: WordItem) => {
    while (open.length > 1 && (open.at(-1)?.level ?? 0) > item.level) open.pop()
    let current = open.at(-1) ?? { list: root, level: item.level }
    if (item.level > current.level && current.list.lastElementChild) {
      const inner = make(item.ordered)
      current.list.lastElementChild.append(inner)
      current = { list: inner, level: item.level }
      open.push(current)
    }
    const line = document.createElement('li')
    const content = document.createElement('p')
    for (const marker of item.paragraph.querySelectorAll(MARKER)) marker.remove()
    content.append(...item.paragraph.childNodes)
    line.append(content)
    current.list.append(line)
    item.paragraph.remove()
  }
  return { root, add }
}

/** Replaces, under `root`, each run of Word’s list paragraphs by one list. */
export function convertWordLists(root: Element): void {
  let current: ReturnType<typeof openList> | null = null
  let last: Element | null = null
  for (const paragraph of [...root.querySelectorAll('p, h1, h2, h3, h4, h5, h6')]) {
    const item = readItem(paragraph)
    if (!item) continue
    const follows: boolean = current !== null && last !== null && last === paragraph.previousElementSibling
    if (!current || !follows) {
      current = openList(item)
      paragraph.before(current.root)
    }
    last = current.root
    current.add(item)
  }
}
