import type pg from 'pg'
import type { Slot } from '#lib/domain/calendar/slot.ts'
import type { SlotId } from '#lib/domain/ids.ts'
import type { ProjectionOf } from '#server/sync/ports.ts'
import { rowOf } from './row.ts'

type CalendarProjection = ProjectionOf<'calendar'>

/**
 * One statement: what the document says becomes what the rows say. Of two processes, the one with the older
 * document finds itself late, and writes nothing.
 *
 * A slot that is in the document is live, whatever its row said. One that left its empty place there is in the
 * archive. One that is neither was removed; rows of the archive stay, whether there is a place for them or not.
 *
 * Once the place of an archived slot is gone, its id is free in the document, and anybody may plan under it. Whoever
 * did not plan the archived slot gets no row for that: nobody writes over the archive by taking its ids.
 *
 * `$3`: slots whose rows have to change, column by column; `$11`: all live slots, `$12`: all empty places.
 */
const WRITE = `
with moved as (
  update documents set projected_seq = $2 where name = $1 and projected_seq <= $2 returning name
), incoming as (
  select t.* from moved, unnest(
    $3::uuid[], $4::text[], $5::date[], $6::date[], $7::uuid[], $8::text[], $9::text[], $10::text[]
  ) as t(id, fields, first_day, last_day, draft_id, uid, uid_day, search_text)
), put as (
  insert into calendar_slots as s (id, fields, first_day, last_day, draft_id, uid, uid_day, search_text)
  select id, fields::jsonb, first_day, last_day, draft_id, uid, uid_day, search_text from incoming
  on conflict (id) do update set
    fields = excluded.fields, first_day = excluded.first_day, last_day = excluded.last_day,
    draft_id = excluded.draft_id, uid = excluded.uid, uid_day = excluded.uid_day,
    search_text = excluded.search_text, archived_at = null,
    updated_at = case when s.fields = excluded.fields then s.updated_at else now() end
  where s.archived_at is null or s.fields->'createdBy' = excluded.fields->'createdBy'
), kept as (
  update calendar_slots s set archived_at = null from moved
  where s.archived_at is not null and s.id = any($11::uuid[]) and s.id <> all($3::uuid[])
), emptied as (
  update calendar_slots s set archived_at = now() from moved
  where s.archived_at is null and s.id = any($12::uuid[])
  returning s.id
), removed as (
  delete from calendar_slots s using moved
  where s.archived_at is null and s.id <> all($11::uuid[]) and s.id <> all($12::uuid[])
)
select exists(select from moved) as moved, exists(select from emptied) or exists(
  select from calendar_slots where archived_at is not null and id = any($11::uuid[])
) as archive, array(
  select i.id::text from incoming i join calendar_slots s on s.id = i.id
  where s.archived_at is not null and s.fields->'createdBy' <> i.fields::jsonb->'createdBy'
) as foreign_ids`

/** What the rows say, as far as this process wrote it. */
type Written = {
  readonly zone: string
  readonly slots: ReadonlyMap<SlotId, string>
  /** Places of archived slots. */
  readonly places: ReadonlySet<SlotId>
}

export type Outcome = {
  /** Rows came into the archive or left it. */
  readonly archive: boolean
  /** Slots in the document under ids of the archive that are somebody else’s. */
  readonly foreign: readonly SlotId[]
}

/** Keeps the rows of the calendar true. */
export class CalendarRows {
  readonly #pool: pg.Pool
  #written: Written | null = null

  constructor(pool: pg.Pool) {
    this.#pool = pool
  }

  /** @param zone the newsroom’s */
  async write({ name, seq, facts }: CalendarProjection, zone: string): Promise<Outcome> {
    const known = this.#written
    // Until it is known that this is written, nothing is known of the rows.
    this.#written = null
    const slots = new Map(facts.slots.map((slot) => [slot.id, JSON.stringify(slot)]))
    const places = new Set([...facts.stubs, ...facts.partial])
    const changed =
      known?.zone === zone
        ? facts.slots.filter(({ id }) => known.slots.get(id) !== slots.get(id))
        : facts.slots
    const { rows } = await this.#pool.query<{ moved: boolean; archive: boolean; foreign_ids: SlotId[] }>({
      name: 'pupitre-project-calendar',
      text: WRITE,
      values: [name, seq, ...columnsOf(changed, zone), [...slots.keys()], [...places]],
    })
    const [outcome] = rows
    if (!outcome?.moved) return { archive: false, foreign: [] }
    const foreign = outcome.foreign_ids
    for (const id of foreign) slots.delete(id)
    this.#written = { zone, slots, places }
    const moved = known !== null && known.places.symmetricDifference(places).size > 0
    return { archive: moved || outcome.archive, foreign }
  }
}

function columnsOf(slots: readonly Slot[], zone: string): readonly unknown[] {
  const rows = slots.map((slot) => rowOf(slot, zone))
  return [
    rows.map((row) => row.id),
    rows.map((row) => JSON.stringify(row.fields)),
    rows.map((row) => row.firstDay),
    rows.map((row) => row.lastDay),
    rows.map((row) => row.draftId),
    rows.map((row) => row.uid),
    rows.map((row) => row.uidDay),
    rows.map((row) => row.searchText),
  ]
}
