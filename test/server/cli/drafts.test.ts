import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import type { ServerEvent } from '#server/events/port.ts'
import { createEvents } from '#server/events/postgres.ts'
import { createLog } from '#server/log.ts'
import { answerOf, makeNewsroom, temporaryFolder } from './desk.ts'

// Each call is a process of its own: on a busy machine that takes its time.
vi.setConfig({ testTimeout: 90_000 })

type Imported = {
  drafts: { id: string; title: string; source: string }[]
  failed: { source: string; reason: string; code: string }[]
}

async function folderWith(files: Record<string, string | Uint8Array>): Promise<string> {
  const folder = await temporaryFolder()
  for (const [name, content] of Object.entries(files)) {
    await mkdir(join(folder, name, '..'), { recursive: true })
    await writeFile(join(folder, name), content)
  }
  return folder
}

describe('pupitre draft import', () => {
  it('takes in what can be read, names what cannot, and tells both by its exit code', async () => {
    const { run } = await makeNewsroom()
    const folder = await folderWith({
      'été/note.md': '# Le plan d’été\n\nTexte',
      'page.html': '<title>Page</title><p>Texte<script>alert(1)</script>',
      'liste.txt': 'un\n\ndeux',
      'brisé.md': Uint8Array.of(0xff, 0x41, 0xc3),
      'image.png': Uint8Array.of(0x89, 0x50, 0, 0),
      '.caché.md': 'non',
    })
    await symlink(folder, join(folder, 'boucle'))
    const imported = await run(['draft', 'import', folder, join(folder, 'absent.md'), '--json'])
    expect(imported.code).toBe(1)
    const { drafts, failed } = answerOf<Imported>(imported)
    expect(drafts.map(({ title, source }) => [title, source])).toEqual([
      ['liste', join(folder, 'liste.txt')],
      ['Page', join(folder, 'page.html')],
      ['Le plan d’été', join(folder, 'été/note.md')],
    ])
    expect(failed.map(({ source, code }) => [source, code]).toSorted()).toEqual([
      [join(folder, 'absent.md'), 'missing'],
      [join(folder, 'brisé.md'), 'encoding'],
      [join(folder, 'image.png'), 'format'],
    ])
    expect(imported.stderr).toContain('brisé.md\u00a0: le texte n’est ni en UTF-8')
    const clean = await run([
      'draft',
      'import',
      join(folder, 'page.html'),
      '--title',
      'Autre titre',
      '--json',
    ])
    expect(clean).toMatchObject({ code: 0, stderr: '' })
    expect(answerOf<Imported>(clean).drafts).toMatchObject([{ title: 'Autre titre' }])
  })

  it('finds relative paths from where npm was called', async () => {
    const { run } = await makeNewsroom()
    const folder = await folderWith({ 'a.md': '# A' })
    const npm = { npm_lifecycle_event: 'pupitre', INIT_CWD: folder }
    const { drafts } = answerOf<Imported>(await run(['draft', 'import', 'a.md', './a.md', '--json'], '', npm))
    expect(drafts).toMatchObject([{ title: 'A', source: 'a.md' }])
  })

  it('is heard by the server as it happens', async () => {
    const { database, run } = await makeNewsroom()
    const events = await createEvents({ database, log: createLog({ logLevel: 'silent' }) })
    const heard: ServerEvent[] = []
    events.subscribe((event) => heard.push(event))
    const folder = await folderWith({ 'a.md': '# A', 'b.txt': 'B' })
    const { drafts } = answerOf<Imported>(await run(['draft', 'import', folder, '--json']))
    const expected = drafts.map(({ id }) => ({ type: 'draft.changed', draftId: id }))
    await expect.poll(() => heard).toEqual(expect.arrayContaining(expected))
    await events.close()
  })

  it('takes in 500 files, and leaves out the broken ones', { timeout: 120_000 }, async () => {
    const { run } = await makeNewsroom()
    const paragraph =
      'Les élections de l’été\u00a0: «\u00a0déjà\u00a0», dit-elle, vers 20\u00a0h\u00a030. '.repeat(12)
    const file = (at: number): [string, string | Uint8Array] => {
      const folder = `dossier ${at % 9}/${at % 2 ? 'à part/' : ''}`
      const text = Array.from({ length: 1 + (at % 30) }, () => paragraph).join('\n\n')
      if (at % 50 === 49) return [`${folder}${at}.md`, Buffer.from(text, 'latin1')]
      if (at % 3 === 0) return [`${folder}${at}.md`, `# Titre ${at}\n\n${text}\n\n- **un**\n- deux`]
      if (at % 3 === 1) return [`${folder}${at}.html`, `<h1>Titre ${at}</h1><p>${text}<p><b>Fin`]
      return [`${folder}Titre ${at}.txt`, at % 2 ? text : Buffer.from(`\ufeff${text}`, 'utf16le')]
    }
    const folder = await folderWith(Object.fromEntries(Array.from({ length: 500 }, (_, at) => file(at))))
    const imported = await run(['draft', 'import', folder, '--json'])
    const { drafts, failed } = answerOf<Imported>(imported)
    expect([drafts.length, failed.length, imported.code]).toEqual([490, 10, 1])
    const listed = answerOf<{ drafts: { title: string }[] }>(await run(['draft', 'list', '--json']))
    const titles = Array.from({ length: 500 }, (_, at) => at).filter((at) => at % 50 !== 49)
    expect(listed.drafts.map(({ title }) => title).toSorted()).toEqual(
      titles.map((at) => `Titre ${at}`).toSorted(),
    )
  })
})

describe('pupitre draft export', () => {
  it('gives each format, on standard output or in a file', async () => {
    const { run } = await makeNewsroom()
    const folder = await folderWith({ 'a.md': '# L’été\u00a0: bilan\n\nUn **mot**.\n\n- point\n' })
    const { drafts } = answerOf<Imported>(await run(['draft', 'import', join(folder, 'a.md'), '--json']))
    const id = drafts[0]?.id ?? ''
    const text = async (format: string) => (await run(['draft', 'export', id, '--format', format])).stdout
    expect(await text('md')).toBe('# L’été\u00a0: bilan\n\nUn **mot**.\n\n- point\n')
    expect(await text('txt')).toBe('L’été\u00a0: bilan\n\nUn mot.\n\n- point\n')
    expect(await text('html')).toContain('<h1>L’été\u00a0: bilan</h1>\n<p>Un <strong>mot</strong>.</p>')
    expect(JSON.parse(await text('json'))).toMatchObject({
      title: 'L’été\u00a0: bilan',
      schemaVersion: 2,
      body: { type: 'doc' },
    })
    const written = await run(['draft', 'export', id, '--out', folder, '--json'])
    expect(answerOf(written)).toMatchObject({ path: join(folder, 'L’été bilan.md') })
    expect(await readFile(join(folder, 'L’été bilan.md'), 'utf8')).toBe(await text('md'))
  })

  it('knows no draft that does not exist', async () => {
    const { run } = await makeNewsroom()
    for (const id of ['ab', '00000000-0000-4000-8000-000000000000']) {
      expect(await run(['draft', 'export', id])).toMatchObject({ code: 1, stdout: '' })
    }
  })
})
