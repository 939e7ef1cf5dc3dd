const WORDS =
  'le vent se leva sur la grande place et personne ne bougea car chacun attendait que les premières voix annoncent enfin ce que tout le quartier savait depuis la veille sans vouloir y croire'.split(
    ' ',
  )

/** Words in one paragraph; a newsroom’s text breaks about this often. */
const PARAGRAPH = 60
/** Begins the paragraph in the middle: there one types, and there the other browser looks. */
export const MARKER = 'REPÈRE'

/** A text of `words` words: headings, plain paragraphs, and one in the middle that begins with the marker. */
export function textOf(words: number): string {
  const count = Math.round(words / PARAGRAPH)
  const paragraphs = Array.from({ length: count }, (_, index) => {
    const body = Array.from(
      { length: PARAGRAPH },
      (_, n) => WORDS[(index * 7 + n * (1 + (index % 3))) % WORDS.length],
    )
    if (index === Math.floor(count / 2)) return `${MARKER} ${body.join(' ')}.`
    return `${body.join(' ')}.`
  })
  return paragraphs.join('\n\n')
}
