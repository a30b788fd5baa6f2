import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { tempFolder } from '../../../../test/support/temp-folder.ts';
import { sessionId } from '../../../shared/domain/ids.ts';
import type { Database } from '../connection.ts';
import { openConnection } from '../connection.ts';
import { migrate } from '../migrate.ts';
import { createSynopses } from '../synopses.ts';
import { migration as library } from './0205-library.ts';
import { migration as versions } from './0200-versions.ts';
import { migrations } from './all.ts';

let db: Database;
let folder: ReturnType<typeof tempFolder>;
beforeEach(() => {
  folder = tempFolder();
  db = openConnection(join(folder.path, 'a.db'));
});
afterEach(() => {
  db.close();
  folder.remove();
});
const id = (n: number): string => `01920000-0000-7000-8000-00000000000${n}`;

test('finished versions stay what they are, and say what they were made by', () => {
  const before = migrations.filter(({ version }) => version < versions.version);
  migrate(db, before, () => undefined);
  const body = JSON.stringify({
    kind: 'summary',
    items: [],
    emptyReason: 'nothing_found',
    provenance: { kind: 'extractive', version: '6' },
  });
  db.exec(`
    INSERT INTO session (id, title, created_at_ms, updated_at_ms) VALUES ('${id(1)}', 'Чат', 1, 1);
    INSERT INTO synopsis (id, session_id, created_at_ms) VALUES ('${id(2)}', '${id(1)}', 1);
    INSERT INTO synopsis_version (id, synopsis_id, number, state, job_id, detail, language, template, title, planned_sections, created_at_ms)
      VALUES ('${id(3)}', '${id(2)}', 1, 'making', '${id(4)}', 'short', 'ru', 'article', 'Склад', '["summary"]', 1);
    INSERT INTO synopsis_coverage (version_id, coverage, used_count) VALUES ('${id(3)}', '[]', 0);
    INSERT INTO synopsis_section (version_id, position, kind, body) VALUES ('${id(3)}', 0, 'summary', '${body}');
    UPDATE synopsis_version SET state = 'ready', finished_at_ms = 2;
    UPDATE synopsis SET ready_version_id = '${id(3)}', ready_at_ms = 2;`);
  migrate(db, [...before, versions, library], () => undefined);
  expect(createSynopses(db).open(sessionId.parse(id(1)), null)).toMatchObject({
    number: 1,
    trigger: 'request',
    jobId: id(4),
    madeBy: [{ kind: 'extractive', version: '6' }],
    basedOn: null,
    notes: [],
    sections: [{ kind: 'summary' }],
  });
  expect(() => db.exec("UPDATE synopsis_version SET cause = 'note'")).toThrow(/immutable/u);
});
