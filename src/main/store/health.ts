import type { Database } from './connection.ts';
import { isIndexFinding } from './database-file.ts';
import type { Reader } from './reader.ts';

export interface HealthReport {
  /** What SQLite found, in its own sentences; empty when nothing is wrong. */
  readonly found: readonly string[];
  /** Still wrong after the repair: the person should restore a backup. */
  readonly left: readonly string[];
}

/**
 * Reads the whole database off the main thread; `quick_check` at opening counts an index's entries and does not compare them. When nothing but
 * indexes is damaged they are rebuilt, which holds the main thread for as long as it takes. Meant for once a week and
 * after an unclean exit.
 */
export async function checkHealth(db: Database, reader: Pick<Reader, 'integrityCheck'>): Promise<HealthReport> {
  const found = await reader.integrityCheck();
  if (found.length === 0 || !found.every(isIndexFinding)) return { found, left: found };
  db.exec('REINDEX');
  return { found, left: await reader.integrityCheck() };
}
