/**
 * Whoever changes several rows of `documents` in one transaction takes turns first, through advisory locks, in one order.
 * Locking the rows themselves would end in deadlocks: the order of an update is the planner’s, and an update after
 * `for update` in one statement queues for the version of the row that the statement began with.
 * @param named a query whose column `name` names documents, each once
 * @returns a query of the same rows, in no order: each comes once it is its turn, which lasts until the commit
 */
export const takeTurns = (named: string): string => `
  select ordered.*, pg_advisory_xact_lock(turn) from (
    select named.*, hashtextextended('append ' || name, 0) as turn from (${named}) named order by turn
  ) ordered`
