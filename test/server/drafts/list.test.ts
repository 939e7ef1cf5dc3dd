import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { documentClients } from '#drizzle/schema/index.ts'
import { draftDocument } from '#lib/documents/registry.ts'
import type { Actor } from '#lib/domain/permissions.ts'
import { addActor, bodyOf, everything, granted, makeDesk } from './desk.ts'

type Desk = Awaited<ReturnType<typeof makeDesk>>

async function deskWith(texts: readonly (readonly [title: string, text: string])[]) {
  const desk = await makeDesk()
  const maude = await addActor(desk.database)
  const ids = []
  for (const [title, text] of texts) {
    ids.push(granted(await desk.drafts.create(maude, { title, body: bodyOf(text) })))
  }
  return { desk, maude, ids }
}

describe('a search in French', () => {
  let desk: Desk
  let maude: Actor
  beforeAll(async () => {
    const made = await deskWith([
      ['Élections partielles', 'La députée annoncera sa candidature à l’aréna de Rivière-du-Loup.'],
      ['Œuvres d’art', 'Les journaux régionaux ont couvert l’événement vers 20\u00a0h\u00a030.'],
      ['Budget', `${'Rien à dire ici. '.repeat(60)}Les porte-paroles réagiront à la hausse des coûts.`],
    ])
    desk = made.desk
    maude = made.maude
  })
  const titles = async (search: string) =>
    (await desk.drafts.list(maude, { ...everything, search, sort: 'title' })).drafts.map(({ title }) => title)

  it.each([
    ['élection', 'Élections partielles'],
    ['ELECTIONS', 'Élections partielles'],
    ['candidatures', 'Élections partielles'],
    ['annoncer', 'Élections partielles'],
    ['œuvre', 'Œuvres d’art'],
    ['oeuvre', 'Œuvres d’art'],
    ['l’evenement', 'Œuvres d’art'],
    ["l'événement", 'Œuvres d’art'],
    ['journaux régional', 'Œuvres d’art'],
    ['riviere-du-l', 'Élections partielles'],
    ['porte-parole', 'Budget'],
    ['hausse des coût', 'Budget'],
    ['le budget', 'Budget'],
  ])('finds by «%s» the draft «%s», and only that', async (search, title) => {
    expect(await titles(search)).toEqual([title])
  })

  it('finds what is half typed, from its first letter on', async () => {
    for (const search of ['c', 'ca', 'cand', 'candidatur']) {
      expect(await titles(search)).toContain('Élections partielles')
    }
  })

  it('asks for all words', async () => {
    expect(await titles('élections budget')).toEqual([])
  })

  it('shows the text around what was found, and else its beginning', async () => {
    const list = async (search: string) => (await desk.drafts.list(maude, { ...everything, search })).drafts
    const [found] = await list('coûts')
    expect(found?.excerpt).toMatch(/^….*la hausse des coûts\.$/)
    expect((await list('budget'))[0]?.excerpt).toMatch(/^Rien à dire ici\..*…$/)
  })

  it('is everything where nothing that could be looked for was typed', async () => {
    expect(await titles('')).toHaveLength(3)
    expect(await titles(' «\u00a0! & | :* () \\ \' " ')).toHaveLength(3)
  })

  it('never fails, whatever is typed', async () => {
    const sign = fc.constantFrom(
      ...`'"\\:*&|!()<->%_;\0 «»’éœ²①字ஃ🎻\ud800`,
      'le',
      'à',
      'a:*',
      "'b'",
      'or',
      '20h',
    )
    const typed = fc.oneof(
      fc.string({ unit: sign, maxLength: 30 }),
      fc.string({ unit: 'binary', maxLength: 30 }),
    )
    await fc.assert(
      fc.asyncProperty(typed, async (search) => {
        await expect(desk.drafts.list(maude, { ...everything, search })).resolves.toBeDefined()
      }),
      { numRuns: 80 },
    )
    await expect(titles('mot '.repeat(5000))).resolves.toEqual([])
  })

  it('is answered by the index', async () => {
    await desk.database.orm.transaction(async (tx) => {
      await tx.execute(sql`set local enable_seqscan = off`)
      const { rows } = await tx.execute(
        sql`explain select id from drafts where search @@ (to_tsquery('simple', '''bud'':*') || to_tsquery('french', '''bud'''))`,
      )
      expect(JSON.stringify(rows)).toContain('drafts_search')
    })
  })
})

describe('the list of drafts', () => {
  it('sorts titles as a French reader would, untitled ones last', async () => {
    const titles = ['zèbre', 'Été', 'ete', '', 'Éclair', 'œuf', 'cote', 'côté', 'Coté', 'côte', '« Ah »']
    const { desk, maude } = await deskWith(titles.map((title) => [title, '']))
    const { drafts } = await desk.drafts.list(maude, { ...everything, sort: 'title' })
    const expected = titles.filter(Boolean).toSorted(new Intl.Collator('fr').compare)
    expect(drafts.map(({ title }) => title)).toEqual([...expected, ''])
  })

  it('shows the draft that was touched last first, and the newest first when asked', async () => {
    const { desk, maude, ids } = await deskWith([
      ['a', ''],
      ['b', ''],
    ])
    await desk.database.orm.execute(
      sql`update drafts set last_edited_at = now() + interval '1 hour' where id = ${ids[0]}`,
    )
    const order = async (sort: 'edited' | 'created') =>
      (await desk.drafts.list(maude, { ...everything, sort })).drafts.map(({ title }) => title)
    expect(await order('edited')).toEqual(['a', 'b'])
    expect(await order('created')).toEqual(['b', 'a'])
  })

  it('comes in pages that neither repeat nor skip a draft', async () => {
    const { desk, maude, ids } = await deskWith(Array.from({ length: 117 }, () => ['même titre', '']))
    await desk.database.orm.execute(sql`update drafts set last_edited_at = now(), created_at = now()`)
    for (const sort of ['edited', 'title', 'created'] as const) {
      const seen: string[] = []
      for (let more = true; more; ) {
        const page = await desk.drafts.list(maude, { ...everything, sort, offset: seen.length })
        seen.push(...page.drafts.map(({ id }) => id))
        more = page.more
      }
      expect(seen.toSorted()).toEqual(ids.toSorted())
    }
  })

  it('narrows to those that one volunteer began or wrote in', async () => {
    const { desk, maude, ids } = await deskWith([
      ['à Maude', ''],
      ['à Maude, où Léo écrivit', ''],
    ])
    const leo = await addActor(desk.database, 'contributor', 'Léo')
    granted(await desk.drafts.create(leo, { title: 'à Léo' }))
    const [, touched] = ids
    if (!touched) throw new Error('two drafts were made')
    await desk.database.orm
      .insert(documentClients)
      .values({ document: draftDocument(touched), clientId: 7, volunteerId: leo.volunteerId, firstSeq: 2 })
    const by = async (actor: Actor) => {
      const filter = { ...everything, sort: 'title' as const, by: actor.volunteerId }
      return (await desk.drafts.list(maude, filter)).drafts.map(({ title }) => title)
    }
    expect(await by(leo)).toEqual(['à Léo', 'à Maude, où Léo écrivit'])
    expect(await by(maude)).toEqual(['à Maude', 'à Maude, où Léo écrivit'])
  })
})
