import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempFolder } from '../../../../test/support/temp-folder.ts';
import { documentFormats } from '../../../shared/domain/document-formats.ts';
import { openConnection } from '../connection.ts';
import { migrate } from '../migrate.ts';
import { migration as formats } from './0185-document-formats.ts';
import { migrations } from './all.ts';

test('documents keep their format and what points at them, and every new one is taken', ({ onTestFinished }) => {
  const folder = tempFolder();
  const db = openConnection(join(folder.path, 'a.db'));
  onTestFinished(() => {
    db.close();
    folder.remove();
  });
  const before = migrations.filter(({ version }) => version < formats.version);
  migrate(db, before, () => undefined);
  const id = (n: number) => `01920000-0000-7000-8000-0000000000${String(n).padStart(2, '0')}`;
  db.prepare('INSERT INTO session (id, created_at_ms, updated_at_ms) VALUES (?, 1, 1)').run(id(1));
  const insert = (format: string | null, n: number) =>
    db
      .prepare(
        `INSERT INTO document (id, session_id, title, origin, format, state, error_code, added_at_ms) VALUES (?, ?, 'a', '{}', ?, 'failed', 'empty', 1)`,
      )
      .run(id(n), id(1), format);
  insert('docx', 2);
  insert(null, 3);
  migrate(db, [...before, formats], () => undefined);
  expect(db.prepare('SELECT id, format, author, dated FROM document ORDER BY n').all()).toEqual([
    { id: id(2), format: 'docx', author: null, dated: null },
    { id: id(3), format: null, author: null, dated: null },
  ]);
  for (const [at, format] of documentFormats.entries()) insert(format, 10 + at);
  expect(() => insert('doc', 90)).toThrow(/CHECK/u);
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
});
