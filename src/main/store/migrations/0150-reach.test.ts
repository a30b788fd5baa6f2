import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { tempFolder } from '../../../../test/support/temp-folder.ts';
import { folderId } from '../../../shared/domain/ids.ts';
import { webSearchKinds } from '../../../shared/domain/web-search.ts';
import type { Database } from '../connection.ts';
import { openConnection } from '../connection.ts';
import { migrate } from '../migrate.ts';
import { createReach, type Reach } from '../reach/reach-repository.ts';
import { migration as reachMigration } from './0150-reach.ts';
import { migrations } from './all.ts';

let db: Database;
let folder: ReturnType<typeof tempFolder>;
let reach: Reach;
beforeEach(() => {
  folder = tempFolder();
  db = openConnection(join(folder.path, 'a.db'));
  const before = migrations.filter(({ version }) => version < reachMigration.version);
  migrate(db, before, () => undefined);
  db.prepare("INSERT INTO setting (key, value, updated_at_ms) VALUES ('kept', '1', 1)").run();
  migrate(db, [...before, reachMigration], () => undefined);
  reach = createReach(db);
});
afterEach(() => {
  db.close();
  folder.remove();
});
const id = (n: number) => folderId.parse(`01920000-0000-7000-8000-00000000000${n}`);

test('the schema before stays, every kind of search is taken, and there is one', () => {
  expect(db.prepare("SELECT value FROM setting WHERE key = 'kept'").get()).toEqual({ value: '1' });
  expect(reach.webSearch()).toBeNull();
  for (const kind of webSearchKinds) {
    reach.setWebSearch({ kind, url: `https://${kind}.example` }, 1);
    expect(reach.webSearch()).toEqual({ kind, url: `https://${kind}.example` });
  }
  reach.setWebSearch(null, 2);
  expect(reach.webSearch()).toBeNull();
});

test('a folder granted twice is one, with the right given last', () => {
  reach.grant({ id: id(1), path: '/notes', mayWrite: false }, 1);
  reach.grant({ id: id(2), path: '/other', mayWrite: false }, 2);
  reach.grant({ id: id(3), path: '/notes', mayWrite: true }, 3);
  expect(reach.folders()).toEqual([
    { id: id(1), path: '/notes', mayWrite: true },
    { id: id(2), path: '/other', mayWrite: false },
  ]);
  expect(reach.setMayWrite(id(2), true, 4)).toBe(true);
  expect(reach.setMayWrite(id(3), true, 4)).toBe(false);
  expect(reach.remove(id(1))).toBe(true);
  expect(reach.remove(id(1))).toBe(false);
  expect(reach.folders()).toEqual([{ id: id(2), path: '/other', mayWrite: true }]);
});
