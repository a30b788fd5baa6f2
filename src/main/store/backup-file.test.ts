import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempFolder } from '../../../test/support/temp-folder.ts';
import { BackupFailedError, writeVerifiedBackup } from './backup-file.ts';
import { openConnection } from './connection.ts';

test('a copy that does not pass its check is no backup, and leaves nothing behind', () => {
  const folder = tempFolder();
  const db = openConnection(join(folder.path, 'a.db'));
  db.exec('CREATE TABLE parent (id INTEGER PRIMARY KEY) STRICT; CREATE TABLE child (id INTEGER REFERENCES parent (id)) STRICT');
  const file = join(folder.path, 'backup.db');
  expect(writeVerifiedBackup(db, file).file).toBe(file);
  db.pragma('foreign_keys = OFF');
  db.exec('INSERT INTO child VALUES (7)');
  const second = join(folder.path, 'second.db');
  expect(() => writeVerifiedBackup(db, second)).toThrow(BackupFailedError);
  expect(existsSync(second)).toBe(false);
  expect(readdirSync(folder.path).filter(name => name.endsWith('.unverified'))).toEqual([]);
  db.close();
  folder.remove();
});
