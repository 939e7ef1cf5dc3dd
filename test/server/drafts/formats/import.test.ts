import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readDraftFile } from '#server/drafts/formats/import.ts'
import { writeMarkdown } from '#server/drafts/formats/write-markdown.ts'

const FIXTURES = join(import.meta.dirname, '../../../fixtures/import')
const read = (name: string, content: string | Uint8Array) => readDraftFile(name, Buffer.from(content))
const fixture = (name: string) => read(name, readFileSync(join(FIXTURES, name)))

/** Title and body as Markdown: the shortest way to say what a file became. */
function markdownOf(result: ReturnType<typeof read>): { title: string; text: string } {
  if (!result.ok) throw new Error(result.error)
  return { title: result.value.title, text: writeMarkdown({ title: '', body: result.value.body }) }
}

describe('the title of an imported file', () => {
  it('is its first heading, which leaves the body', () => {
    expect(markdownOf(read('a.md', '# Le *vrai* titre\n\nTexte\n\n# Autre'))).toEqual({
      title: 'Le vrai titre',
      text: 'Texte\n\n# Autre\n',
    })
  })

  it('is the one of the front matter before any heading', () => {
    const file = '---\nauteur: personne\ntitle: "L’été : bilan"\ntags:\n  - a\n---\n# Autre chose\n\nTexte'
    expect(markdownOf(read('a.md', file))).toEqual({
      title: 'L’été : bilan',
      text: '# Autre chose\n\nTexte\n',
    })
  })

  it('is said once where front matter and heading agree', () => {
    expect(markdownOf(read('a.md', '---\ntitle: Bilan\n---\n# Bilan\n\nTexte'))).toEqual({
      title: 'Bilan',
      text: 'Texte\n',
    })
  })

  it('is the name of the file where the text has none', () => {
    expect(markdownOf(read('Réunion du 3.mai.txt', 'Bonjour')).title).toBe('Réunion du 3.mai')
    expect(markdownOf(read('sans-titre.HTM', '<p>Bonjour')).title).toBe('sans-titre')
  })

  it('stays in the body where it is longer than a title can be', () => {
    const long = 'mot '.repeat(100).trim()
    expect(markdownOf(read('a.md', `# ${long}`))).toEqual({ title: 'a', text: `# ${long}\n` })
  })

  it('leaves a rule between two paragraphs alone', () => {
    expect(markdownOf(read('a.md', '---\nUn paragraphe, sans champ\n---\nTexte')).text).toContain(
      'Un paragraphe',
    )
  })
})

describe('an HTML file', () => {
  it('loses scripts, handlers, styles and links that lead elsewhere than https and mailto; its text stays', () => {
    const { title, text } = markdownOf(fixture('hostile.html'))
    expect(title).toBe('Titre photo')
    expect(text).toBe(
      'Texte cliquez, ici, là, en clair, [vrai](https://exemple.quebec/), [courriel](mailto:presse@exemple.quebec).\n',
    )
  })

  it('from Word becomes paragraphs and nested lists, without its spacers', () => {
    expect(markdownOf(fixture('word.html'))).toEqual({
      title: 'Point de presse du mardi',
      text: [
        'La ministre a dit\u00a0: «\u00a0**rien n’est joué**\u00a0».',
        '- Premier point\n  1. Détail\n- Second point',
        '*Fin*\n',
      ].join('\n\n'),
    })
  })

  it('from Google Docs keeps what its style sheet makes bold, and links without the redirection', () => {
    const { title, text } = markdownOf(fixture('google-docs.html'))
    expect(title).toBe('Infolettre d’août')
    expect(text).toContain('Bonjour **à toutes** et ***à tous***\u00a0: voyez')
    expect(text).toContain('[le plan](https://exemple.quebec/plan?a=1&b=2)')
  })

  it('keeps the words of tables, definitions, code and deep headings', () => {
    const html =
      '<h5>Petit</h5><table><tr><th>Jour<th>Heure<tr><td><p>Lundi</p><td>20\u00a0h</table>' +
      '<dl><dt>Mot<dd>Sens</dl><pre>un\n  deux</pre>'
    const lines = [
      '### Petit',
      'Jour \\| Heure',
      'Lundi \\| 20\u00a0h',
      'Mot',
      'Sens',
      'un\\\n\u00a0\u00a0deux\n',
    ]
    expect(markdownOf(read('a.html', html)).text).toBe(lines.join('\n\n'))
  })

  it('nested past reason is refused', () => {
    expect(read('a.html', '<div>'.repeat(5000))).toEqual({ ok: false, error: 'tooDeep' })
    expect(read('a.html', '<ul><li>'.repeat(300))).toEqual({ ok: false, error: 'tooDeep' })
  })
})

describe('a Markdown file', () => {
  it('may hold HTML, which is cleaned like a page', () => {
    const file = 'Un <b>mot</b> <script>alert(1)</script>[lien](javascript:alert(1)) ![image](x.png)'
    expect(markdownOf(read('a.md', file)).text).toBe('Un **mot** lien image\n')
  })

  it('keeps the spaces of French where they are', () => {
    const text = 'Le coût\u00a0: 25\u00a0$, dit-elle, «\u00a0vers 20\u00a0h\u00a030\u00a0».\n'
    expect(markdownOf(read('a.md', text)).text).toBe(text)
  })
})

describe('a text file', () => {
  it('has paragraphs between blank lines, and breaks between lines', () => {
    expect(markdownOf(read('a.txt', 'un\r\ndeux\r\n\r\n\r\n* trois\r\n')).text).toBe(
      'un\\\ndeux\n\n\\* trois\n',
    )
  })

  it('may be empty', () => {
    expect(read('vide.txt', '')).toMatchObject({ ok: true, value: { title: 'vide' } })
  })
})

describe('bytes are decoded, never guessed', () => {
  const accents = 'Été à Québec'

  it('as UTF-8 with or without its mark, and as UTF-16 with one', () => {
    const utf16le = Buffer.from(`\ufeff${accents}`, 'utf16le')
    const utf16be = Buffer.from(utf16le).swap16()
    for (const bytes of [Buffer.from(accents), Buffer.from(`\ufeff${accents}`), utf16le, utf16be]) {
      expect(markdownOf(read('a.txt', bytes)).text).toBe(`${accents}\n`)
    }
  })

  it('as the older charset that a page declares of itself', () => {
    const page = Buffer.from(`<meta charset="windows-1252"><p>${accents}`, 'latin1')
    expect(markdownOf(read('a.html', page)).text).toBe(`${accents}\n`)
  })

  it('or refused, with the reason', () => {
    expect(read('a.txt', Buffer.from(accents, 'latin1'))).toEqual({ ok: false, error: 'encoding' })
    expect(read('a.md', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0, 0, 0))).toEqual({
      ok: false,
      error: 'binary',
    })
    expect(read('a.md', Buffer.alloc(10 * 1024 * 1024 + 1, 'a'))).toEqual({ ok: false, error: 'tooLarge' })
    expect(read('a.docx', 'PK')).toEqual({ ok: false, error: 'format' })
    expect(read('sans-extension', 'x')).toEqual({ ok: false, error: 'format' })
  })
})
