import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  openSync,
  closeSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import SqliteDatabase from 'better-sqlite3';
import { z } from 'zod';
import { listBackups } from '../../../src/main/store/backups.ts';
import { openConnection } from '../../../src/main/store/connection.ts';
import { DataFolderUnwritableError } from '../../../src/main/store/data-folder.ts';
import { DataFolderBusyError } from '../../../src/main/store/folder-lock.ts';
import { SchemaFromFutureError, schemaVersion } from '../../../src/main/store/migrate.ts';
import { migrations } from '../../../src/main/store/migrations/all.ts';
import type { OpenedStore } from '../../../src/main/store/open-store.ts';
import { DatabaseDamagedError } from '../../../src/main/store/open-store.ts';
import { addMessage, addSession, noonMs, open, testFolder } from './store-fixture.ts';
import type { TestFolder } from './store-fixture.ts';

let folder: TestFolder;
let database: string;
const children: ChildProcess[] = [];
beforeEach(() => {
  folder = testFolder();
  database = join(folder.root, 'konspekt.db');
});
afterEach(async () => {
  for (const child of children.splice(0)) await kill(child);
  folder.remove();
});

const childSays = z.object({ opened: z.boolean(), session: z.string().nullable().optional(), name: z.string().optional() });

async function child(action: 'hold' | 'write'): Promise<{ process: ChildProcess; says: z.output<typeof childSays> }> {
  const script = fileURLToPath(new URL('lock-holder.ts', import.meta.url));
  const started = spawn(process.execPath, [script, folder.root, action], { stdio: ['pipe', 'pipe', 'inherit'] });
  children.push(started);
  const line = z.string().parse((await once(createInterface({ input: started.stdout }), 'line'))[0]);
  return { process: started, says: childSays.parse(JSON.parse(line)) };
}

async function kill(process: ChildProcess): Promise<void> {
  if (process.exitCode !== null || process.signalCode !== null) return;
  const exited = once(process, 'exit');
  process.kill('SIGKILL');
  await exited;
}

function titles(opened: OpenedStore): (string | null)[] {
  return opened.store.sessions.list({ before: null, limit: 50, search: '' }).sessions.map(session => session.title);
}

/** A store with one session in its backup and one more since. */
async function filled(): Promise<void> {
  const first = open(folder.root);
  addSession(first.store, { title: 'В копии' });
  await first.close();
  // The changes of the second run are made after the only backup, so a restore loses exactly them.
  const second = open(folder.root, { nowMs: noonMs + 1 });
  const session = addSession(second.store, { title: 'После копии' });
  for (let at = 0; at < 40; at += 1) addMessage(second.store, session, `${at} `.repeat(2_000));
  const kept = listBackups(join(folder.root, 'backups'))[0]?.file ?? '';
  copyFileSync(kept, `${kept}.kept`);
  await second.close();
  for (const { file } of listBackups(join(folder.root, 'backups'))) rmSync(file);
  copyFileSync(`${kept}.kept`, kept);
}

function damage(error: unknown): string {
  if (!(error instanceof DatabaseDamagedError)) throw error;
  return error.damage.kind;
}

function caught(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error('It did not throw.');
}

describe('a sound data folder', () => {
  test('is made at the first start and found at the second, in order', async () => {
    const first = open(folder.root);
    expect(first.report).toEqual({
      isNew: true,
      uncleanExit: false,
      migratedFrom: null,
      recentChangesLost: false,
      indexesRebuilt: false,
      restored: null,
      wanted: null,
    });
    addSession(first.store, { title: 'Лекция' });
    await first.close();
    expect(existsSync(`${database}-wal`)).toBe(false);
    const second = open(folder.root);
    expect(second.report).toEqual({
      isNew: false,
      uncleanExit: false,
      migratedFrom: null,
      recentChangesLost: false,
      indexesRebuilt: false,
      restored: null,
      wanted: null,
    });
    expect(titles(second)).toEqual(['Лекция']);
    await second.close();
  });

  test.skipIf(process.platform === 'win32')('is readable by nobody else', async () => {
    const opened = open(folder.root);
    const modeOf = (name: string): string => (statSync(join(folder.root, name)).mode & 0o777).toString(8);
    expect(['.', 'backups', 'artifacts', 'staging'].map(modeOf)).toEqual(['700', '700', '700', '700']);
    expect(['konspekt.db', 'konspekt.db-wal', 'konspekt.db-shm', 'lock.db', 'run-state.json'].map(modeOf)).toEqual([
      '600',
      '600',
      '600',
      '600',
      '600',
    ]);
    await opened.close();
    expect(listBackups(join(folder.root, 'backups')).map(({ file }) => (statSync(file).mode & 0o777).toString(8))).toEqual(['600']);
  });

  test('a killed start before the database has its name is a first start again', async () => {
    await open(folder.root).close();
    for (const name of readdirSync(folder.root)) rmSync(join(folder.root, name), { recursive: true });
    writeFileSync(`${database}.new`, 'half written');
    const opened = open(folder.root);
    expect(opened.report.isNew).toBe(true);
    await opened.close();
  });

  test('a killed process that wrote nothing has lost nothing', async () => {
    await open(folder.root).close();
    const { process: holder } = await child('hold');
    await kill(holder);
    const opened = open(folder.root);
    expect(opened.report).toMatchObject({ uncleanExit: true, recentChangesLost: false, restored: null });
    await opened.close();
  });

  test('what was committed survives a killed process', async () => {
    const { process: writer, says } = await child('write');
    expect(says.opened).toBe(true);
    await kill(writer);
    const opened = open(folder.root);
    expect(opened.report).toMatchObject({ uncleanExit: true, recentChangesLost: false, restored: null });
    expect(opened.store.sessions.list({ before: null, limit: 1, search: 'запись смерть' }).sessions).toEqual([]);
    expect(titles(opened)).toEqual(['Записано перед смертью']);
    await opened.close();
  });
});

describe('one program a folder', () => {
  test('a second process is told who has it, and gets it when the first is killed', async () => {
    const { process: holder } = await child('hold');
    writeFileSync(join(folder.root, 'control.json'), JSON.stringify({ pid: holder.pid }));
    const error = caught(() => open(folder.root));
    expect(error).toBeInstanceOf(DataFolderBusyError);
    expect(error).toMatchObject({ code: 'busy', holder: { pid: holder.pid } });
    expect((await child('hold')).says).toEqual({ opened: false, name: 'DataFolderBusyError' });
    await kill(holder);
    await open(folder.root).close();
  });

  test('a start that is still looking at the lock keeps nobody out', async () => {
    await open(folder.root).close();
    const looking = new SqliteDatabase(join(folder.root, 'lock.db'));
    looking.exec('BEGIN; SELECT 1 FROM sqlite_schema');
    await open(folder.root).close();
    looking.close();
  });

  test('a second opening in the same process is refused and does not disturb the first', async () => {
    const opened = open(folder.root);
    expect(() => open(folder.root)).toThrow(DataFolderBusyError);
    addSession(opened.store, { title: 'Ещё открыта' });
    await opened.close();
  });

  test('a failed opening lets go of the folder', async () => {
    await open(folder.root).close();
    const db = openConnection(database);
    db.pragma('user_version = 90000');
    db.close();
    expect(() => open(folder.root)).toThrow(SchemaFromFutureError);
    expect(() => open(folder.root)).toThrow('Update the app.');
    const again = openConnection(database);
    expect(schemaVersion(again)).toBe(90_000);
    again.close();
  });

  test.skipIf(process.platform === 'win32' || process.getuid?.() === 0)('a folder that cannot be written says so', () => {
    chmodSync(folder.root, 0o500);
    expect(() => open(folder.root)).toThrow(DataFolderUnwritableError);
    chmodSync(folder.root, 0o700);
  });

  test('a folder that is a file says so', () => {
    const file = join(folder.root, 'file');
    writeFileSync(file, '');
    expect(() => open(file)).toThrow(DataFolderUnwritableError);
  });
});

describe('damage', () => {
  const overwrite = (at: number, bytes: Uint8Array): void => {
    const handle = openSync(database, 'r+');
    writeSync(handle, bytes, 0, bytes.byteLength, at);
    closeSync(handle);
  };
  const markUnclean = (): void => {
    writeFileSync(join(folder.root, 'run-state.json'), '{"phase":"closing"}');
  };
  const size = (): number => statSync(database).size;

  const kinds: readonly { readonly name: string; readonly kind: string; damage(): void }[] = [
    {
      name: 'zero bytes',
      kind: 'empty',
      damage: () => {
        truncateSync(database, 0);
      },
    },
    {
      name: 'the file gone',
      kind: 'missing',
      damage: () => {
        rmSync(database);
      },
    },
    {
      name: 'a truncated file',
      kind: 'truncated',
      damage: () => {
        truncateSync(database, Math.floor(size() / 8192) * 4096);
      },
    },
    {
      name: 'a truncated header',
      kind: 'header',
      damage: () => {
        truncateSync(database, 40);
      },
    },
    {
      name: 'an overwritten header',
      kind: 'header',
      damage: () => {
        overwrite(0, Buffer.alloc(16, 0x41));
      },
    },
    {
      name: 'a text file in its place',
      kind: 'header',
      damage: () => {
        writeFileSync(database, 'hello '.repeat(5_000));
      },
    },
    {
      name: 'an empty database in its place',
      kind: 'empty',
      damage: () => {
        rmSync(database);
        const db = openConnection(database);
        db.exec('CREATE TABLE t (a); DROP TABLE t;');
        db.close();
      },
    },
    {
      name: 'pages overwritten in the middle',
      kind: 'damaged',
      damage: () => {
        overwrite(4096 * 2, Buffer.alloc(4096 * 40, 0x5a));
        markUnclean();
      },
    },
    {
      name: 'the schema page overwritten',
      kind: 'damaged',
      damage: () => {
        overwrite(100, Buffer.alloc(900, 0x5a));
      },
    },
  ];

  test.each(kinds)(
    '$name: nothing changes until it is confirmed, then the backup is restored and the rest kept aside',
    async ({ kind, damage: spoil }) => {
      await filled();
      spoil();
      const content = (file: string): string | null => (existsSync(file) ? readFileSync(file, 'base64') : null);
      const before = content(database);
      const error = caught(() => open(folder.root));
      expect(damage(error)).toBe(kind);
      expect(error).toMatchObject({ code: 'damaged', backup: { reason: 'close', takenAtMs: noonMs } });
      expect(content(database)).toBe(before);

      const opened = open(folder.root, { onCorruption: 'restoreBackup', nowMs: noonMs + 5 });
      expect(opened.report.restored).toMatchObject({ damage: { kind }, backup: { takenAtMs: noonMs } });
      expect(titles(opened)).toEqual(['В копии']);
      const kept = opened.report.restored?.keptAside ?? null;
      expect(kept === null ? null : content(join(kept, 'konspekt.db'))).toBe(before);
      await opened.close();
      const next = open(folder.root);
      expect(next.report).toMatchObject({ uncleanExit: false, restored: null });
      await next.close();
    },
  );

  test('without a backup nothing is offered, and a new one begins only when that is confirmed', async () => {
    await filled();
    for (const { file } of listBackups(join(folder.root, 'backups'))) rmSync(file);
    truncateSync(database, 0);
    expect(caught(() => open(folder.root, { onCorruption: 'restoreBackup' }))).toMatchObject({ backup: null });
    const opened = open(folder.root, { onCorruption: 'beginAnew' });
    expect(opened.report.restored).toMatchObject({ damage: { kind: 'empty' }, backup: null });
    expect(titles(opened)).toEqual([]);
    await opened.close();
  });

  test('a damaged backup is passed over for an older good one', async () => {
    await filled();
    writeFileSync(join(folder.root, 'backups', `timed-${noonMs + 100}-s60.db`), 'not a database at all');
    truncateSync(database, 0);
    expect(caught(() => open(folder.root))).toMatchObject({ backup: { takenAtMs: noonMs } });
  });

  test('a log that is gone after a kill is said to have taken the last changes', async () => {
    await open(folder.root).close();
    const { process: writer } = await child('write');
    await kill(writer);
    rmSync(`${database}-wal`);
    rmSync(`${database}-shm`, { force: true });
    const opened = open(folder.root);
    expect(opened.report).toMatchObject({ uncleanExit: true, recentChangesLost: true });
    await opened.close();
  });
});

describe('migrations', () => {
  test.each(migrations.slice(0, -1).map((migration, index) => ({ version: migration.version, index })))(
    'from schema $version: a verified backup first, and nothing is lost',
    async ({ version, index }) => {
      const older = migrations.slice(0, index + 1);
      const first = openOlder(older);
      expect(first).toBe(version);
      const opened = open(folder.root, { nowMs: noonMs + 9 });
      expect(opened.report).toMatchObject({ migratedFrom: version, isNew: false });
      expect(schemaVersion(opened.connection)).toBe(migrations.at(-1)?.version);
      expect(listBackups(join(folder.root, 'backups'))).toMatchObject([{ reason: 'migration', schema: version, takenAtMs: noonMs + 9 }]);
      expect(opened.connection.prepare('SELECT title FROM job').pluck().all()).toEqual(['Старая работа']);
      await opened.close();
    },
  );

  test('a failing one leaves the older schema, and the older build opens it again', async () => {
    await open(folder.root).close();
    const newest = migrations.at(-1)?.version ?? 0;
    const failing = [
      ...migrations,
      {
        version: newest + 10,
        name: 'failing',
        up: (): void => {
          throw new Error('half way');
        },
      },
    ];
    expect(() => open(folder.root, { migrations: failing })).toThrow(/half way/u);
    const opened = open(folder.root);
    expect(opened.report.uncleanExit).toBe(false);
    await opened.close();
  });

  /** A database as an older build left it: with a job, which is the one table all of them have. */
  function openOlder(older: typeof migrations): number {
    const db = openConnection(database);
    for (const migration of older) migration.up(db);
    db.pragma(`user_version = ${older.at(-1)?.version ?? 0}`);
    db.exec(`INSERT INTO job (id, kind, title, search_text, idempotency_key, trace_id, priority, state, due_at_ms, max_attempts, created_at_ms)
      VALUES ('old', 'chat.answer', 'Старая работа', '', 'k', 't', 0, 'queued', 0, 1, 0)`);
    const version = schemaVersion(db);
    db.close();
    return version;
  }
});
