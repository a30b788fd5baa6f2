import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempFolder } from '../../../../test/support/temp-folder.ts';
import { providerId } from '../../../shared/domain/ids.ts';
import { openConnection } from '../connection.ts';
import { migrate } from '../migrate.ts';
import { createPassageVectors } from '../search/passage-vectors.ts';
import { textHash } from '../search/unembedded.ts';
import { migration as vectors } from './0225-passage-vectors.ts';
import { migrations } from './all.ts';

test('passages that are there stay and can be given vectors, each model its own', ({ onTestFinished }) => {
  const folder = tempFolder();
  const db = openConnection(join(folder.path, 'a.db'));
  onTestFinished(() => {
    db.close();
    folder.remove();
  });
  const before = migrations.filter(({ version }) => version < vectors.version);
  migrate(db, before, () => undefined);
  const [hash, artifact] = ['a'.repeat(64), 'b'.repeat(64)];
  const session = '01920000-0000-7000-8000-000000000001';
  db.exec(`
    INSERT INTO artifact VALUES ('${artifact}', 'application/json', 1, 1);
    INSERT INTO snapshot (hash, artifact, char_count, passage_count, created_at_ms) VALUES ('${hash}', '${artifact}', 9, 2, 1);
    INSERT INTO session (id, created_at_ms, updated_at_ms, chat_snapshot_hash) VALUES ('${session}', 1, 1, '${hash}');
    INSERT INTO passage (snapshot_hash, seq, start, "end") VALUES ('${hash}', 0, 0, 4), ('${hash}', 1, 5, 9);`);
  // With those after it, which the code of today reads by.
  migrate(db, migrations, () => undefined);

  const made = createPassageVectors(db);
  const model = { providerId: providerId.parse('01920000-0000-7000-8000-000000000002'), modelId: 'small' };
  const other = { ...model, modelId: 'large' };
  expect(made.health(model)).toEqual({ total: 2, done: 0 });
  const one = { n: 1, textHash: textHash('один'), vector: Int8Array.of(1, -2, 3) };
  made.put(model, [one], 1);
  made.put(model, [one], 2);
  expect(made.health(model)).toEqual({ total: 2, done: 1 });
  expect(made.health(other)).toEqual({ total: 2, done: 0 });
  expect(made.space(other)).toBeNull();

  const space = made.space(model);
  expect(space).toMatchObject({ dimensions: 3 });
  if (space !== null) made.copy(space, [{ n: 2, as: 1 }]);
  expect(made.health(model)).toEqual({ total: 2, done: 2 });

  // The same name with vectors of another length is another model: nothing of the old one counts.
  made.put(model, [{ ...one, vector: Int8Array.of(1, 2) }], 3);
  expect(made.space(model)).toMatchObject({ dimensions: 2 });
  expect(made.health(model)).toEqual({ total: 2, done: 1 });
  expect(() => made.put(model, [one, { ...one, n: 2, vector: Int8Array.of(1) }], 4)).toThrow(/differ in length/u);
});
