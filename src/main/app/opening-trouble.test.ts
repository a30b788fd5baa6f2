import { describe, expect, test } from 'vitest';
import { languages } from '../../shared/domain/language.ts';
import { BackupFailedError } from '../store/backup-file.ts';
import { DatabaseDamagedError } from '../store/damaged-database.ts';
import { DataFolderUnwritableError } from '../store/data-folder.ts';
import { DataFolderBusyError } from '../store/folder-lock.ts';
import { MigrationError, SchemaFromFutureError } from '../store/migrate.ts';
import { openingTrouble, type OpeningTrouble } from './opening-trouble.ts';
import { sayOpeningTrouble, type OpeningHost } from './opening-words.ts';

const secret = 'a token that is nobody’s business';
const busy = (holder: unknown) => new DataFolderBusyError('/data', holder);
const coded = (code: string) => Object.assign(new Error(`${code}: in the system’s own words`), { code });
const migration = { version: 20, name: 'twenty', up: () => undefined };
const holder = { pid: 4242, port: 5000, token: secret, host: 'headless', version: '1' };
const takenAtMs = Date.UTC(2026, 0, 2);
const backup = { reason: 'close', file: '/data/backups/x', takenAtMs, schema: 10, byteCount: 1 } as const;

/** Everything that `openStore` declares, and what a disk says in between. */
const errors: readonly (readonly [what: string, error: Error, trouble: OpeningTrouble])[] = [
  ['a holder that said who it is', busy(holder), { kind: 'busy', pid: 4242, isDesktop: false }],
  ['a holder with a window', busy({ ...holder, host: 'desktop' }), { kind: 'busy', pid: 4242, isDesktop: true }],
  ['a holder that is just starting', busy('garbage'), { kind: 'busy', pid: null, isDesktop: false }],
  ['no right to write', new DataFolderUnwritableError('/data', coded('EACCES')), { kind: 'unwritable' }],
  ['a folder that cannot be written for a reason of its own', new DataFolderUnwritableError('/data', 'x'), { kind: 'unwritable' }],
  ['a file in the folder’s place', new DataFolderUnwritableError('/data', coded('EEXIST')), { kind: 'not_a_folder' }],
  ['a file above it', new DataFolderUnwritableError('/data', coded('ENOTDIR')), { kind: 'not_a_folder' }],
  ['a link that leads to itself', new DataFolderUnwritableError('/data', coded('ELOOP')), { kind: 'not_a_folder' }],
  ['a place that has no folders', new DataFolderUnwritableError('/data', coded('ENOENT')), { kind: 'no_such_place' }],
  ['a path without end', new DataFolderUnwritableError('/data', coded('ENAMETOOLONG')), { kind: 'path_too_long' }],
  ['a full disk at the first file', new DataFolderUnwritableError('/data', coded('ENOSPC')), { kind: 'full' }],
  ['a full disk in the database', coded('SQLITE_FULL'), { kind: 'full' }],
  ['a full disk in a migration', new MigrationError(migration, 10, coded('SQLITE_FULL')), { kind: 'full' }],
  ['a database that is read-only', coded('SQLITE_READONLY_DBMOVED'), { kind: 'unwritable' }],
  ['a disk that fails', coded('SQLITE_IOERR_READ'), { kind: 'disk_fault' }],
  ['a newer version’s data', new SchemaFromFutureError(90, 40), { kind: 'newer' }],
  ['damage without a backup', new DatabaseDamagedError('x', { kind: 'empty', detail: '' }, null), { kind: 'damaged', backupAtMs: null }],
  [
    'damage with a backup',
    new DatabaseDamagedError('x', { kind: 'empty', detail: '' }, backup),
    { kind: 'damaged', backupAtMs: takenAtMs },
  ],
  ['a migration that failed', new MigrationError(migration, 10, new Error('broken row')), { kind: 'not_migrated' }],
  ['a backup that failed', new BackupFailedError('x', 'why'), { kind: 'not_backed_up' }],
];

describe.each(errors)('%s', (_what, error, trouble) => {
  test('is known', () => {
    expect(openingTrouble(error)).toEqual(trouble);
  });

  test('is said in the person’s language, with the folder and without what is no business of theirs', () => {
    for (const language of languages) {
      for (const host of ['dialog', 'commandLine'] satisfies OpeningHost[]) {
        const said = sayOpeningTrouble(trouble, { folder: '/data', language, host });
        expect(said).toContain('/data');
        expect(said).not.toContain(secret);
        expect(said).not.toContain('undefined');
        expect(/[а-яё]/iu.test(said)).toBe(language === 'ru');
      }
    }
  });
});

test('a fault of the program is no trouble of the folder', () => {
  for (const error of [new TypeError('x is not a function'), coded('ENOENT'), coded('SQLITE_ERROR'), 'text', null])
    expect(openingTrouble(error)).toBeNull();
});

test('the command line names its command where a dialog has a button', () => {
  const say = (backupAtMs: number | null, host: OpeningHost) =>
    sayOpeningTrouble({ kind: 'damaged', backupAtMs }, { folder: '/data', language: 'en', host });
  expect(say(takenAtMs, 'commandLine')).toContain('konspekt restore\n');
  expect(say(null, 'commandLine')).toMatch(/konspekt restore --begin-anew$/u);
  expect(say(takenAtMs, 'dialog')).not.toContain('konspekt restore');
});

test('a path that would fill the screen is shortened, and the cure stays in sight', () => {
  const folder = `/${'x'.repeat(5_000)}/end`;
  const said = sayOpeningTrouble({ kind: 'path_too_long' }, { folder, language: 'en', host: 'commandLine' });
  expect(said.length).toBeLessThan(500);
  expect(said).toContain('x/end');
  expect(said).toContain('--data');
});
