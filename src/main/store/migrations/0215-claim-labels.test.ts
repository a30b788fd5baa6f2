import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { tempFolder } from '../../../../test/support/temp-folder.ts';
import { jobId, sha256Hex, synopsisId } from '../../../shared/domain/ids.ts';
import type { Database } from '../connection.ts';
import { openConnection } from '../connection.ts';
import { migrate } from '../migrate.ts';
import { createSynopsisAudits } from '../synopsis-audits.ts';
import { migration as labelsMigration } from './0215-claim-labels.ts';
import { migrations } from './all.ts';

let db: Database;
let folder: ReturnType<typeof tempFolder>;
const id = (n: number) => `01920000-0000-7000-8000-00000000000${n}`;
beforeEach(() => {
  folder = tempFolder();
  db = openConnection(join(folder.path, 'a.db'));
  const before = migrations.filter(({ version }) => version < labelsMigration.version);
  migrate(db, before, () => undefined);
  db.exec(`
    INSERT INTO session (id, created_at_ms, updated_at_ms) VALUES ('${id(1)}', 1, 1);
    INSERT INTO synopsis (id, session_id, created_at_ms) VALUES ('${id(2)}', '${id(1)}', 1);
    INSERT INTO synopsis_version (id, synopsis_id, number, state, job_id, detail, language, template, title, planned_sections, created_at_ms, finished_at_ms)
    VALUES ('${id(3)}', '${id(2)}', 1, 'ready', '${id(4)}', 'short', 'ru', 'article', 'т', '["summary"]', 1, 1);
  `);
  migrate(db, [...before, labelsMigration], () => undefined);
});
afterEach(() => {
  db.close();
  folder.remove();
});

test('what is found of a claim belongs to its synopsis and is replaced by what is found later', () => {
  const audits = createSynopsisAudits(db);
  const synopsis = synopsisId.parse(id(2));
  expect(audits.of(synopsis).size).toBe(0);
  const label = {
    claim: sha256Hex.parse('a'.repeat(64)),
    verdict: 'partly' as const,
    foreignFigures: ['5'],
    judge: { provider: 'P', model: 'm' },
    jobId: jobId.parse(id(5)),
    atMs: 7,
  };
  audits.put(synopsis, [label]);
  expect([...audits.of(synopsis).values()]).toEqual([label]);
  audits.put(synopsis, [{ ...label, verdict: null, atMs: 8 }]);
  expect(audits.of(synopsis).get(label.claim)).toMatchObject({ verdict: null, atMs: 8 });
  expect(() => audits.put(synopsisId.parse(id(9)), [label])).toThrow('FOREIGN KEY');
});
