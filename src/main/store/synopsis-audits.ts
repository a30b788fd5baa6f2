import type { VersionId } from '../../shared/domain/ids.ts';
import { synopsisAudit, type SynopsisAudit } from '../../shared/domain/synopsis-audit.ts';
import type { Database } from './connection.ts';
import { inWriteTransaction } from './connection.ts';
import { storedJson } from './stored-json.ts';

/** What audits have found, beside the versions they are about. */
export interface SynopsisAudits {
  /** A later audit of the same version replaces the one before. */
  put(audit: SynopsisAudit): void;
  of(version: VersionId): SynopsisAudit | null;
}

interface AuditRow {
  readonly versionId: string;
  readonly jobId: string;
  readonly judge: string;
  readonly items: string;
  readonly atMs: number;
}

export function createSynopsisAudits(db: Database): SynopsisAudits {
  const put = db.prepare<AuditRow>(`
    INSERT INTO synopsis_audit (version_id, job_id, judge, items, at_ms) VALUES (@versionId, @jobId, @judge, @items, @atMs)
    ON CONFLICT (version_id) DO UPDATE SET job_id = excluded.job_id, judge = excluded.judge, items = excluded.items, at_ms = excluded.at_ms`);
  const find = db.prepare<[string], AuditRow>(
    'SELECT version_id AS versionId, job_id AS jobId, judge, items, at_ms AS atMs FROM synopsis_audit WHERE version_id = ?',
  );
  return {
    put({ versionId, jobId, judge, items, atMs }) {
      inWriteTransaction(db, () => {
        put.run({ versionId, jobId, judge: JSON.stringify(judge), items: JSON.stringify(items), atMs });
      });
    },
    of(version) {
      const row = find.get(version);
      return row === undefined ? null : synopsisAudit.parse({ ...row, judge: storedJson(row.judge), items: storedJson(row.items) });
    },
  };
}
