import type { Database } from '../../src/main/store/connection.ts';
import { openConnection } from '../../src/main/store/connection.ts';
import { migrate } from '../../src/main/store/migrate.ts';
import { migrations } from '../../src/main/store/migrations/all.ts';

/** A real file with the newest schema. */
export function openJobDatabase(file: string): Database {
  const db = openConnection(file);
  migrate(db, migrations, () => {
    throw new Error('A fresh database needs no backup.');
  });
  return db;
}
