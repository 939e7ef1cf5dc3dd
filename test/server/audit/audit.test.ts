import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { beforeAll, beforeEach, describe, expect, it, test } from 'vitest'
import { decisions, drafts, newsroom, revisions } from '#drizzle/schema/index.ts'
import type { DecisionAction } from '#lib/domain/audit/decision.ts'
import type { AuditFilter } from '#lib/domain/audit/line.ts'
import type { DraftId, RevisionId } from '#lib/domain/ids.ts'
import { type Actor, ROLES } from '#lib/domain/permissions.ts'
import { record } from '#server/audit/record.ts'
import { createAudit } from '#server/audit/use-cases.ts'
import type { Database } from '#server/db/database.ts'
import { createDrafts } from '#server/drafts/use-cases.ts'
import { updateVolunteer } from '#server/volunteers/store.ts'
import { addActor, granted } from '#test/server/drafts/desk.ts'
import { freshDatabase } from '#test/support/database.ts'
import { recordedEvents } from '#test/support/people.ts'

const EVERYTHING: AuditFilter = { person: null, group: null, draft: null, from: null, to: null }
let database: Database
let maude: Actor
let bo: Actor

beforeAll(async () => {
  database = await freshDatabase()
  await database.orm.insert(newsroom).values({ name: 'Essai', calendar: { zone: 'America/Toronto' } })
  maude = await addActor(database, 'coordinator', 'Maude')
  bo = await addActor(database, 'editor', 'Bo')
})

/** Only whoever may change the table itself can make it forget. */
beforeEach(async () => {
  await database.pool.query('alter table decisions disable trigger decisions_stay')
  await database.pool.query('delete from decisions')
  await database.pool.query('alter table decisions enable trigger decisions_stay')
})

type Line = { by?: Actor | null; action: DecisionAction; at?: string; draftId?: DraftId; detail?: object }

async function write(...lines: readonly Line[]): Promise<void> {
  for (const { by = maude, action, at, draftId, detail = {} } of lines) {
    await database.orm.insert(decisions).values({
      volunteerId: by?.volunteerId ?? null,
      action,
      draftId: draftId ?? null,
      detail: detail as Record<string, string>,
      ...(at && { at: new Date(at) }),
    })
  }
}

const actionsIn = async (filter: Partial<AuditFilter>, below: number | null = null) =>
  granted(await createAudit({ database }).list(maude, { ...EVERYTHING, ...filter }, below)).lines.map(
    ({ action }) => action,
  )

describe('a decision that is written down', () => {
  test.each([
    ['changed', "update decisions set action = 'draft.archived'"],
    ['deleted', 'delete from decisions'],
    ['emptied out', 'truncate decisions'],
  ])('cannot be %s by the application’s role', async (_, statement) => {
    await write({ action: 'review.approved' })
    await expect(database.pool.query(statement)).rejects.toThrow('decisions are written once and stay')
    expect(await actionsIn({})).toEqual(['review.approved'])
  })

  it('is not there where what it was about did not happen', async () => {
    const change = database.orm.transaction(async (tx) => {
      await record(tx, { by: maude.volunteerId, action: 'draft.archived' })
      throw new Error('no')
    })
    await expect(change).rejects.toThrow('no')
    expect(await actionsIn({})).toEqual([])
  })
})

describe('the list', () => {
  it('is for coordinators, and nobody else', async () => {
    const { list, export: take } = createAudit({ database })
    for (const role of ROLES) {
      const allowed = role === 'coordinator'
      const actor = await addActor(database, role)
      expect((await list(actor, EVERYTHING, null)).ok, role).toBe(allowed)
      expect((await take(actor, EVERYTHING)).ok, role).toBe(allowed)
    }
    expect((await list('operator', EVERYTHING, null)).ok).toBe(true)
  })

  it('says who decided what, about whom, on which draft and revision, the newest first', async () => {
    const { create } = createDrafts({ database, events: recordedEvents(), edit: null })
    const draftId = granted(await create(maude, { title: 'Budget' }))
    const revisionId = randomUUID() as string as RevisionId
    const createdAt = new Date('2026-11-03T15:00:00Z')
    await database.orm.insert(revisions).values({
      ...{ id: revisionId, draftId, kind: 'verdict', name: null, seq: 1, hash: 'h', title: 'Budget' },
      ...{ body: [], passages: [], authors: [], wordCount: 0, createdBy: null, createdAt },
    })
    await database.orm.transaction(async (tx) => {
      await record(tx, { by: maude.volunteerId, action: 'review.approved', draftId, revisionId })
      const detail = { volunteerId: bo.volunteerId, from: 'editor', to: 'coordinator' }
      await record(tx, { by: null, action: 'volunteer.role', detail })
    })
    const { lines, next } = granted(await createAudit({ database }).list(maude, EVERYTHING, null))
    expect(next).toBeNull()
    expect(lines).toMatchObject([
      { by: null, action: 'volunteer.role', about: 'Bo', draft: null, detail: { to: 'coordinator' } },
      {
        by: { id: maude.volunteerId, name: 'Maude' },
        action: 'review.approved',
        about: null,
        draft: { id: draftId, title: 'Budget' },
        revision: { id: revisionId, at: createdAt, name: null },
      },
    ])
  })

  it('keeps the decisions on what is deleted', async () => {
    const { create } = createDrafts({ database, events: recordedEvents(), edit: null })
    const draftId = granted(await create(maude, { title: 'Perdu' }))
    await write({ action: 'draft.archived', draftId })
    await database.orm.delete(drafts)
    const { lines } = granted(await createAudit({ database }).list(maude, EVERYTHING, null))
    expect(lines).toMatchObject([{ action: 'draft.archived', draft: { id: draftId, title: null } }])
  })

  it('finds what somebody decided, and what was decided about them', async () => {
    await write(
      { action: 'review.approved' },
      { by: bo, action: 'review.asked' },
      { action: 'volunteer.suspended', detail: { volunteerId: bo.volunteerId } },
      { action: 'comment.deleted', detail: { author: bo.volunteerId } },
      { by: null, action: 'calendar.imported', detail: { volunteerId: 'nobody' } },
    )
    expect(await actionsIn({ person: bo.volunteerId })).toEqual([
      'comment.deleted',
      'volunteer.suspended',
      'review.asked',
    ])
  })

  it('narrows to a kind of decision, to a draft, and to days by the newsroom’s clock', async () => {
    const draftId = randomUUID() as string as DraftId
    await write(
      // The evening of the 3rd in Montréal.
      { action: 'draft.archived', at: '2026-11-04T04:59:59Z', draftId },
      { action: 'draft.restored', at: '2026-11-04T05:00:00Z' },
      { action: 'calendar.locked', at: '2026-11-05T04:59:59Z' },
      { action: 'volunteer.joined', at: '2026-11-05T05:00:00Z' },
    )
    expect(await actionsIn({ group: 'draft' })).toEqual(['draft.restored', 'draft.archived'])
    expect(await actionsIn({ draft: draftId })).toEqual(['draft.archived'])
    expect(await actionsIn({ from: '2026-11-04', to: '2026-11-04' })).toEqual([
      'calendar.locked',
      'draft.restored',
    ])
    expect(await actionsIn({ to: '2026-11-03' })).toEqual(['draft.archived'])
    expect(await actionsIn({ from: '2026-11-05' })).toEqual(['volunteer.joined'])
    expect(await actionsIn({ from: '0000-01-01', to: '9999-12-31' })).toHaveLength(4)
  })

  it('goes on page by page without a gap or a double, whatever is decided meanwhile', async () => {
    await write(...Array.from({ length: 120 }, () => ({ action: 'draft.stage' as const })))
    const { list } = createAudit({ database })
    const seen: number[] = []
    let below: number | null = null
    do {
      const page: { lines: readonly { id: number }[]; next: number | null } = granted(
        await list(maude, EVERYTHING, below),
      )
      seen.push(...page.lines.map(({ id }) => id))
      below = page.next
      await write({ action: 'draft.archived' })
    } while (below !== null)
    expect(seen).toHaveLength(120)
    expect(seen).toEqual([...new Set(seen)].toSorted((one, other) => other - one))
  })
})

describe('the file', () => {
  async function fileOf(filter: Partial<AuditFilter> = {}): Promise<string> {
    const file = granted(await createAudit({ database }).export(maude, { ...EVERYTHING, ...filter }))
    let text = ''
    for await (const chunk of file.chunks) text += chunk
    return text
  }

  it('has a line for each decision, the newest first, and tells that it was taken, and with which filter', async () => {
    await write({
      action: 'volunteer.suspended',
      detail: { volunteerId: bo.volunteerId },
      at: '2026-11-04T04:59:59Z',
    })
    const [head, ...lines] = (await fileOf({ to: '2030-01-01' })).split('\r\n')
    expect(head).toBe(
      '\ufeffat,date,time,zone,who,action,about,draft,revision,detail,who_id,draft_id,revision_id,number',
    )
    expect(lines).toHaveLength(3)
    expect(lines[0]).toMatch(/,Maude,audit\.exported,,,,"\{""to"":""2030-01-01""\}",/)
    expect(lines[1]).toContain(
      '2026-11-04T04:59:59.000Z,2026-11-03,23:59,America/Toronto,Maude,volunteer.suspended,Bo,,,',
    )
  })

  it('is whole, however long it is', async () => {
    await database.pool.query(
      `insert into decisions (action, detail) select 'draft.stage', '{}' from generate_series(1, 2500)`,
    )
    expect((await fileOf()).trimEnd().split('\r\n')).toHaveLength(2502)
  })

  it('runs nothing in a spreadsheet', async () => {
    const { create } = createDrafts({ database, events: recordedEvents(), edit: null })
    const draftId = granted(await create(maude, { title: '=HYPERLINK("http://x")' }))
    await write({ action: 'draft.archived', draftId })
    await database.orm.execute(sql`update volunteers set name = '@SUM(A1)' where id = ${bo.volunteerId}`)
    await write({ by: bo, action: 'draft.restored' })
    const text = await fileOf()
    expect(text).toContain(`,"'=HYPERLINK(""http://x"")",`)
    expect(text).toContain(",'@SUM(A1),draft.restored,")
  })

  it('is for somebody who is a coordinator at this moment, and its refusal writes nothing down', async () => {
    const former = await addActor(database, 'coordinator')
    await updateVolunteer(database.orm, former.volunteerId, { role: 'editor' })
    expect(await createAudit({ database }).export(former, EVERYTHING)).toEqual({
      ok: false,
      error: 'forbidden',
    })
    expect(await actionsIn({})).toEqual([])
  })
})
