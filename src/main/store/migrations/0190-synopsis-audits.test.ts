import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { tempFolder } from '../../../../test/support/temp-folder.ts';
import { jobId, versionId } from '../../../shared/domain/ids.ts';
import type { Database } from '../connection.ts';
import { openConnection } from '../connection.ts';
import { migrate } from '../migrate.ts';
import { createSynopsisAudits } from '../synopsis-audits.ts';
import { migration as auditsMigration } from './0190-synopsis-audits.ts';
import { migrations } from './all.ts';

let db: Database;
let folder: ReturnType<typeof tempFolder>;
const id = (n: number) => `01920000-0000-7000-8000-00000000000${n}`;
beforeEach(() => {
  folder = tempFolder();
  db = openConnection(join(folder.path, 'a.db'));
  const before = migrations.filter(({ version }) => version < auditsMigration.version);
  migrate(db, before, () => undefined);
  db.exec(`
    INSERT INTO session (id, created_at_ms, updated_at_ms) VALUES ('${id(1)}', 1, 1);
    INSERT INTO synopsis (id, session_id, created_at_ms) VALUES ('${id(2)}', '${id(1)}', 1);
    INSERT INTO synopsis_version (id, synopsis_id, number, state, job_id, detail, language, template, title, planned_sections, created_at_ms, finished_at_ms)
    VALUES ('${id(3)}', '${id(2)}', 1, 'ready', '${id(4)}', 'short', 'ru', 'article', 'т', '["summary"]', 1, 1);
  `);
  migrate(db, [...before, auditsMigration], () => undefined);
});
afterEach(() => {
  db.close();
  folder.remove();
});

test('an audit lies beside its version and is replaced by a later one; without a version there is none', () => {
  const audits = createSynopsisAudits(db);
  const version = versionId.parse(id(3));
  expect(audits.of(version)).toBeNull();
  const audit = {
    versionId: version,
    jobId: jobId.parse(id(5)),
    judge: { provider: 'P', model: 'm' },
    items: [{ section: 'summary' as const, item: 'summary-1', verdict: 'partly' as const, foreignFigures: ['5'] }],
    atMs: 7,
  };
  audits.put(audit);
  expect(audits.of(version)).toEqual(audit);
  audits.put({ ...audit, items: [], atMs: 8 });
  expect(audits.of(version)).toMatchObject({ items: [], atMs: 8 });
  expect(() => audits.put({ ...audit, versionId: versionId.parse(id(9)) })).toThrow('FOREIGN KEY');
});
