import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempFolder } from '../../../../test/support/temp-folder.ts';
import { openConnection } from '../connection.ts';
import { migrate } from '../migrate.ts';
import { migration as rows } from './0240-vector-rows.ts';
import { migrations } from './all.ts';

test('every vector stays with its passage, its text and its space', ({ onTestFinished }) => {
  const folder = tempFolder();
  const db = openConnection(join(folder.path, 'a.db'));
  onTestFinished(() => {
    db.close();
    folder.remove();
  });
  const before = migrations.filter(({ version }) => version < rows.version);
  migrate(db, before, () => undefined);
  const provider = '01920000-0000-7000-8000-000000000002';
  const hash = 'ab'.repeat(16);
  db.exec(`
    INSERT INTO vector_space VALUES (1, '${provider}', 'small', 2, 1), (2, '${provider}', 'large', 3, 1);
    INSERT INTO passage_vector VALUES (2, 7, x'${hash}', x'010203'), (1, 9, x'${hash}', x'0102'), (1, 7, x'${hash}', x'ff80');`);
  migrate(db, [...before, rows], () => undefined);
  expect(
    db.prepare('SELECT space_id AS space, n, hex(text_hash) AS hash, hex(vector) AS vector FROM passage_vector ORDER BY space, n').all(),
  ).toEqual([
    { space: 1, n: 7, hash: hash.toUpperCase(), vector: 'FF80' },
    { space: 1, n: 9, hash: hash.toUpperCase(), vector: '0102' },
    { space: 2, n: 7, hash: hash.toUpperCase(), vector: '010203' },
  ]);
  expect(() => db.exec(`INSERT INTO passage_vector VALUES (1 << 32 | 7, 1, 7, x'${hash}', x'0000')`)).toThrow(/UNIQUE/u);
  expect(db.pragma('foreign_key_check')).toEqual([]);
});
