import type { Database } from 'better-sqlite3';

/** A parameter, bare, behind a comparison or within the row that something is compared with. */
const comparedValue = /(?<=[=<>]\s*(?:\([^()]*)?|\bIS\s+)(?=[@?])/gu;
const limitValue = /(?<=\bLIMIT\s+)([@?]\w*)/gu;

/**
 * The same statement, whose plan no bound value is asked for.
 *
 * SQLite's planner looks at the value of a bare parameter when it reckons what a comparison leaves over, and at that of a limit;
 * then it has every new value plan the statement again, from its text (`sqlite3ExprIsInteger`, `sqlite3VdbeSetVarmask` in its source;
 * what would forbid it, SQLITE_DBCONFIG_ENABLE_QPSG, cannot be set through better-sqlite3). For statements as short as ours that is most of
 * what they cost. Measured, microseconds a call with and without: a recorded step 21 and 3.4, the event before it in the trail 7 and 1,
 * a page of messages 48 and 1.7, `queueHeads` 14 and 3.7, `becomeDue` 57 and 6.7. A value behind a plus, or a sum, is not looked at; what it is
 * does not change by that, nor which index serves it.
 */
export function planOnce(sql: string): string {
  return sql.replace(comparedValue, '+').replace(limitValue, '$1 + 0');
}

/** The connection, on which every statement is planned once. */
export function preparingOnce(db: Database): Database {
  const prepare = db.prepare.bind(db);
  const planning: typeof prepare = source => prepare(planOnce(source));
  return Object.assign(db, { prepare: planning });
}
