import type { Database } from './connection.ts';

/** Rows of every table of the schema; those that SQLite keeps for its own and for its indexes of words are left out. */
export function countRows(db: Database): Record<string, number> {
  const tables = db
    .prepare<[], { name: string }>("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' ORDER BY name")
    .all()
    .filter(({ name }) => !name.startsWith('sqlite_'));
  return Object.fromEntries(
    // The names come from our own migrations.
    tables.map(({ name }) => [name, db.prepare<[], { n: number }>(`SELECT count(*) AS n FROM "${name}"`).get()?.n ?? 0]),
  );
}
