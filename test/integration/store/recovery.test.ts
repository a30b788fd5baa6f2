import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listBackups } from '../../../src/main/store/backups.ts';
import { openConnection } from '../../../src/main/store/connection.ts';
import { checkHealth } from '../../../src/main/store/health.ts';
import { schemaVersion } from '../../../src/main/store/migrate.ts';
import { migrations } from '../../../src/main/store/migrations/all.ts';
import type { SessionId } from '../../../src/shared/domain/ids.ts';
import { addMessage, addSession, newId, noonMs, open, plainStore, testFolder } from './store-fixture.ts';
import type { TestFolder } from './store-fixture.ts';

let folder: TestFolder;
let database: string;
beforeEach(() => {
  folder = testFolder();
  database = join(folder.root, 'konspekt.db');
});
afterEach(() => {
  folder.remove();
});

describe('a process killed in the middle of a migration', () => {
  test.each(['before', 'after'])('%s the change it makes: the schema is a whole number of migrations and nothing is lost', async place => {
    const first = open(folder.root);
    addSession(first.store, { title: 'До переезда' });
    await first.close();
    const script = fileURLToPath(new URL('killed-migration.ts', import.meta.url));
    const child = spawn(process.execPath, [script, folder.root, place], { stdio: ['ignore', 'inherit', 'inherit'] });
    await once(child, 'exit');
    expect(child.signalCode).toBe('SIGKILL');
    const opened = open(folder.root);
    expect(schemaVersion(opened.connection)).toBe(migrations.at(-1)?.version);
    expect(opened.report).toMatchObject({ uncleanExit: true, restored: null, recentChangesLost: false });
    expect(opened.store.sessions.list({ before: null, limit: 9, search: '' }).sessions).toMatchObject([{ title: 'До переезда' }]);
    expect(opened.connection.prepare("SELECT count(*) FROM sqlite_schema WHERE name = 'half'").pluck().get()).toBe(0);
    expect(listBackups(join(folder.root, 'backups')).some(backup => backup.reason === 'migration')).toBe(true);
    await opened.close();
  });
});

describe('the backup drill', () => {
  test('a backup made while writing holds a prefix of what was acknowledged, and the program goes on from it', async () => {
    const ledger: string[] = [];
    const opened = open(folder.root);
    const session = addSession(opened.store);
    const backup = opened.backup('timed');
    let done = false;
    void backup.then(() => {
      done = true;
    });
    do {
      ledger.push(addMessage(opened.store, session, `Сообщение ${ledger.length}`).id);
      await new Promise(resolve => {
        setImmediate(resolve);
      });
    } while (!done);
    for (let after = 0; after < 5; after += 1) ledger.push(addMessage(opened.store, session, 'После копии').id);
    const [timed] = listBackups(join(folder.root, 'backups'));
    const kept = `${timed?.file ?? ''}.aside`;
    copyFileSync(timed?.file ?? '', kept);
    await opened.close();
    for (const { file } of listBackups(join(folder.root, 'backups'))) rmSync(file);
    copyFileSync(kept, timed?.file ?? '');
    truncateSync(database, 0);

    const restored = open(folder.root, { onCorruption: 'restoreBackup' });
    const found = restored.store.messages.shown(session).map(message => message.id);
    expect(found).toEqual(ledger.slice(0, found.length));
    expect(found.length).toBeLessThan(ledger.length);
    addMessage(restored.store, session, 'Дальше');
    await restored.close();
  });
});

describe('a full disk', () => {
  test('undoes the whole of a write, keeps what was there, and takes writes again with space', () => {
    const plain = plainStore(folder.root);
    const session = addSession(plain.store);
    const kept = addMessage(plain.store, session, 'Сохранено');
    const pages = plain.db.pragma('page_count', { simple: true });
    plain.db.pragma(`max_page_count = ${String(pages)}`);
    const requestKey = newId.message();
    const long = 'слово '.repeat(16_000);
    expect(() =>
      plain.store.inTransaction(() => {
        plain.store.requests.record({ route: 'messages.retry', requestKey, resultId: 'x', atMs: noonMs });
        addMessage(plain.store, session, long);
      }),
    ).toThrow(/full/u);
    expect(plain.store.messages.shown(session).map(message => message.id)).toEqual([kept.id]);
    expect(plain.store.requests.find('messages.retry', requestKey)).toBeNull();
    plain.db.pragma('max_page_count = 1000000');
    addMessage(plain.store, session, long);
    expect(plain.db.pragma('integrity_check', { simple: true })).toBe('ok');
    plain.close();
  });
});

describe('missing index rows', () => {
  async function spoil(): Promise<SessionId> {
    const opened = open(folder.root);
    const session = addSession(opened.store);
    await opened.close();
    withoutIndex('message_of_session', () => {
      const plain = plainStore(folder.root);
      addMessage(plain.store, session, 'Мимо указателя');
      plain.close();
    });
    return session;
  }

  test('are found by the full check and repaired from the rows', async () => {
    const session = await spoil();
    const damaged = open(folder.root);
    expect(damaged.store.messages.page(session, { before: null, limit: 9 }).messages).toEqual([]);
    const report = await checkHealth(damaged.connection, damaged.reader);
    expect(report.found.join('\n')).toMatch(/missing from index message_of_session/u);
    expect(report.left).toEqual([]);
    expect(damaged.store.messages.page(session, { before: null, limit: 9 }).messages).toHaveLength(1);
    expect(await checkHealth(damaged.connection, damaged.reader)).toEqual({ found: [], left: [] });
    await damaged.close();
  });

  test('after an unclean exit the opening itself repairs them, without a backup', async () => {
    const session = await spoil();
    writeFileSync(join(folder.root, 'run-state.json'), '{"phase":"closing"}');
    const opened = open(folder.root);
    expect(opened.report).toMatchObject({ indexesRebuilt: true, restored: null });
    expect(opened.store.messages.page(session, { before: null, limit: 9 }).messages).toHaveLength(1);
    await opened.close();
  });

  /** Hides an index from SQLite while `work` writes, as a program with a bug in it would have. */
  function withoutIndex(name: string, work: () => void): void {
    const edit = (sql: string, ...values: unknown[]): void => {
      const db = openConnection(database);
      db.unsafeMode(true);
      db.pragma('writable_schema = ON');
      db.prepare(sql).run(...values);
      db.pragma('writable_schema = RESET');
      db.close();
    };
    const db = openConnection(database);
    const row = db
      .prepare<[string], { type: string; tbl_name: string; rootpage: number; sql: string }>(
        'SELECT type, tbl_name, rootpage, sql FROM sqlite_schema WHERE name = ?',
      )
      .get(name);
    db.close();
    edit('DELETE FROM sqlite_schema WHERE name = ?', name);
    work();
    edit(
      'INSERT INTO sqlite_schema (type, name, tbl_name, rootpage, sql) VALUES (?, ?, ?, ?, ?)',
      row?.type,
      name,
      row?.tbl_name,
      row?.rootpage,
      row?.sql,
    );
  }
});
