import type pg from 'pg'
import * as Y from 'yjs'

/**
 * A small newsroom, with at least one row in every table there is at a level of migrations: always the same, so that
 * backups of it can be compared with what they should hold.
 */
const MAUDE = '11111111-1111-4111-8111-111111111111'
const BO = '22222222-2222-4222-8222-222222222222'
export const DRAFT = '33333333-3333-4333-8333-333333333333'
const [REVISION, REVIEW, VERDICT, THREAD, COMMENT, SLOT, OTHER] = [4, 5, 6, 7, 8, 9, 0].map(
  (digit) => `${String(digit).repeat(8)}-0000-4000-8000-000000000000`,
)
const AT = '2026-11-01 12:34:56.123456+00'
const LATER = '2026-12-01 00:00:00+00'

/** Text with what a format of rows could trip over. */
export const AWKWARD = 'Première\tligne\nà la ligne \\N \\. « NULL » \u{1f4f0} "guillemets"\r\n'
/** What the draft says once snapshot and log are read. */
export const SAYS = ['Bonjour', AWKWARD, 'Fin']

/** The updates of a draft that says SAYS, one paragraph each, from one client. */
function updatesOfDraft(): Uint8Array[] {
  const doc = new Y.Doc()
  doc.clientID = 42
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  for (const text of SAYS) {
    const paragraph = new Y.XmlElement('paragraph')
    paragraph.insert(0, [new Y.XmlText(text)])
    doc.getXmlFragment('body').push([paragraph])
  }
  return updates
}

/** Rows of the tables of migration 0000. */
async function addFoundation(client: pg.ClientBase): Promise<void> {
  const [first, ...others] = updatesOfDraft()
  const name = `draft/${DRAFT}`
  await client.query('insert into newsroom (name, created_at) values ($1, $2)', ['Le Pupitre', AT])
  await client.query(
    `insert into volunteers (id, email, name, color, locale, role, password_hash, created_at) values
     ($1, 'maude@exemple.quebec', 'Maude', '#335577', 'fr', 'coordinator', '-', $3),
     ($2, 'bo@exemple.quebec', $4, '#aa5577', 'en', 'editor', '-', $3)`,
    [MAUDE, BO, AT, AWKWARD],
  )
  await client.query(
    `insert into login_sessions (id, volunteer_id, user_agent, created_at, last_seen_at, expires_at)
     values ($1, $2, 'Firefox', $3, $3, $4)`,
    [OTHER, MAUDE, AT, LATER],
  )
  await client.query(
    `insert into invitations (id, token_hash, role, invited_by, created_at, expires_at)
     values ($1, 'ab', 'editor', $2, $3, $4)`,
    [OTHER, MAUDE, AT, LATER],
  )
  await client.query("insert into throttles values ('k', 3, $1)", [AT])
  await client.query("insert into documents values ('calendar/main', 1, 0, 0, $1)", [AT])
  await client.query('insert into documents values ($1, 1, $2, $2, $3)', [name, SAYS.length, AT])
  await client.query('insert into document_snapshots values ($1, 1, $2, $3)', [
    name,
    Buffer.from(first ?? []),
    AT,
  ])
  for (const [index, update] of others.entries()) {
    await client.query('insert into document_updates values ($1, $2, $3, $4, $5)', [
      name,
      index + 2,
      Buffer.from(update),
      index % 2 === 0 ? MAUDE : null,
      AT,
    ])
  }
  await client.query('insert into document_clients values ($1, 42, $2, 1)', [name, MAUDE])
  await client.query(
    `insert into drafts (id, title, plain_text, word_count, character_count, search_title, search_text, created_by,
       created_at, last_edited_at) values ($1, $2, $2, 1, 2, 'bonjour', 'la une du journal', $3, $4, $4)`,
    [DRAFT, AWKWARD, MAUDE, AT],
  )
}

/** Of 0001. */
async function addCalendar(client: pg.ClientBase): Promise<void> {
  await client.query('update newsroom set calendar = $1', [{ zone: 'America/Toronto' }])
  await client.query(
    'insert into calendar_feeds (id, volunteer_id, token_hash, created_at) values ($1, $2, $3, $4)',
    [OTHER, MAUDE, 'cd', AT],
  )
  await client.query(
    `insert into calendar_slots (id, fields, first_day, search_text, archived_at, updated_at)
     values ($1, $2, '2026-10-01', 'fete', $3, $3)`,
    [SLOT, { title: AWKWARD, channels: ['blog'] }, AT],
  )
}

/** Of 0002. */
async function addFourEyes(client: pg.ClientBase): Promise<void> {
  const document = `draft/${DRAFT}`
  const say = (text: string, ...values: unknown[]) => client.query(text, values)
  await say(
    `insert into decisions (at, volunteer_id, action, draft_id, detail) values
     ($1, $2, 'draft.published', $3, '{}'), ($1, null, 'role.changed', null, $4)`,
    AT,
    MAUDE,
    DRAFT,
    { note: AWKWARD },
  )
  await say('insert into document_editors values ($1, $2, 1)', document, BO)
  await say("insert into document_suggestions values ($1, 's1', $2, 2, $3)", document, BO, AT)
  await say(
    `insert into revisions values ($1, $2, 'named', 'Une', 2, 'h', $3, '[]', '[]', '[]', 4, $4, $5, $5)`,
    REVISION,
    DRAFT,
    AWKWARD,
    MAUDE,
    AT,
  )
  await say('insert into reviews values ($1, $2, $3, $4, false, $5, null)', REVIEW, DRAFT, MAUDE, 'Lis', AT)
  await say('insert into review_reviewers values ($1, $2)', REVIEW, BO)
  await say(
    `insert into verdicts values ($1, $2, $3, $4, 'h', $5, 'editor', 'approve', '', '[]', $6, null)`,
    VERDICT,
    DRAFT,
    REVIEW,
    REVISION,
    BO,
    AT,
  )
  await say(
    "insert into approved_revisions values ($1, $2, 'h', 2, '[]', null, $3, null)",
    REVISION,
    DRAFT,
    AT,
  )
  await say('insert into threads values ($1, $2, null, null, $3, $4, null, null, 1)', THREAD, DRAFT, BO, AT)
  await say(
    'insert into thread_comments values ($1, $2, $3, $4, $5, null, null)',
    COMMENT,
    THREAD,
    BO,
    AWKWARD,
    AT,
  )
  await say("insert into comment_reactions values ($1, $2, '👍', $3)", COMMENT, MAUDE, AT)
  await say('insert into thread_followers values ($1, $2, true)', THREAD, MAUDE)
  await say(
    "insert into notifications (id, volunteer_id, kind, by_id, draft_id, created_at) values ($1, $2, 'comment', $3, $4, $5)",
    OTHER,
    MAUDE,
    BO,
    DRAFT,
    AT,
  )
}

const ADDED = [addFoundation, addCalendar, addFourEyes]

/** @param level how many migrations have been applied; rows are known for the tables of the first three */
export async function addRows(client: pg.ClientBase, level: number): Promise<void> {
  for (const add of ADDED.slice(0, level)) await add(client)
}
