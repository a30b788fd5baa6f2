import type { Database } from './connection.ts';
import { openConnection, openReadOnlyConnection } from './connection.ts';
import type { DataFolder } from './data-folder.ts';
import type { Damage } from './database-file.ts';
import { inspectDatabaseFile, isIndexFinding } from './database-file.ts';
import { schemaVersion } from './migrate.ts';
import type { RunPhase } from './run-state.ts';

/** Thrown inside the opening only; outside it becomes a `DatabaseDamagedError` or a restored backup. */
export class FoundDamage extends Error {
  readonly damage: Damage;
  constructor(damage: Damage) {
    super(damage.detail);
    this.damage = damage;
  }
}

/**
 * Opens a database that is expected to be there: file, header, schema, and `quick_check` unless the last run ended in
 * order. Damaged indexes are rebuilt; any other damage throws `FoundDamage` or SQLite's own error, with the file untouched.
 */
export function openChecked(folder: DataFolder, phase: RunPhase | 'none'): { readonly db: Database; readonly indexesRebuilt: boolean } {
  const damage = inspectDatabaseFile(folder.database);
  if (damage !== null) throw new FoundDamage(damage);
  // Read-only first: a writer would fold the log into a file that may have to be kept aside as it is.
  const reader = openReadOnlyConnection(folder.database);
  let findings: string[] = [];
  try {
    // A database of ours is never without a schema: version 0 is a file that something else emptied.
    if (schemaVersion(reader) === 0) throw new FoundDamage({ kind: 'empty', detail: 'it holds no tables' });
    if (phase !== 'closed') findings = quickCheck(reader);
    const [worst] = findings.filter(finding => !isIndexFinding(finding));
    if (worst !== undefined) throw new FoundDamage({ kind: 'damaged', detail: worst });
  } finally {
    reader.close();
  }
  const db = openConnection(folder.database, { mustExist: true });
  if (findings.length === 0) return { db, indexesRebuilt: false };
  try {
    db.exec('REINDEX');
    const [left] = quickCheck(db);
    if (left !== undefined) throw new FoundDamage({ kind: 'damaged', detail: left });
    return { db, indexesRebuilt: true };
  } catch (error) {
    db.close();
    throw error;
  }
}

/** What is wrong with the structure, in SQLite's words; nothing when it is sound. */
function quickCheck(db: Database): string[] {
  const found = db
    .prepare<[], { found: string }>('SELECT quick_check AS found FROM pragma_quick_check()')
    .all()
    .map(row => row.found);
  return found.length === 1 && found[0] === 'ok' ? [] : found;
}
