import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempFolder } from '../../../../test/support/temp-folder.ts';
import { jobId, loginId } from '../../../shared/domain/ids.ts';
import { createBrowserLogins } from '../browser-logins.ts';
import { openConnection } from '../connection.ts';
import { migrate } from '../migrate.ts';
import { migration as logins } from './0260-browser-logins.ts';
import { migrations } from './all.ts';

const job = (n: number) => jobId.parse(`01920000-0000-7000-8000-00000000000${n}`);
const login = (n: number) => loginId.parse(`01920000-0000-7000-8000-0000000000a${n}`);

test('a database from before keeps its tasks, and each login is one task’s at a time', ({ onTestFinished }) => {
  const folder = tempFolder();
  const db = openConnection(join(folder.path, 'a.db'));
  onTestFinished(() => {
    db.close();
    folder.remove();
  });
  const before = migrations.filter(({ version }) => version < logins.version);
  migrate(db, before, () => undefined);
  for (const n of [1, 2, 3])
    db.prepare(
      `INSERT INTO job (id, kind, state, payload, idempotency_key, title, search_text, priority, due_at_ms, max_attempts, trace_id, created_at_ms)
       VALUES (?, 'browser.run', 'queued', '{}', ?, 'x', 'x', 0, 1, 1, ?, 1)`,
    ).run(job(n), `k${n}`, 'ab'.repeat(16));
  db.prepare("INSERT INTO browser_task (job_id, sites) VALUES (?, '[]')").run(job(1));
  migrate(db, [...before, logins], () => undefined);
  expect(db.prepare('SELECT count(*) AS n FROM browser_task').get()).toEqual({ n: 1 });

  const kept = createBrowserLogins(db);
  for (const n of [1, 2])
    kept.insert({ id: login(n), name: `Shop ${n}`, hosts: ['shop.example:8443'], hasUser: true, hasPassword: false }, 5);
  expect(() => kept.insert({ id: login(3), name: 'SHOP 1', hosts: ['a.example'], hasUser: false, hasPassword: false }, 6)).toThrow(
    /UNIQUE/u,
  );
  const live = new Set([job(1), job(2), job(3)]);
  const take = (n: number, of = login(1)) => kept.take(of, job(n), each => live.has(each));
  expect([take(1), take(1), take(2), take(3), take(2)]).toEqual([true, true, false, false, false]);
  expect(kept.holder(login(1))).toBe(job(1));
  expect(() => db.prepare('UPDATE browser_login_use SET has_it = 1').run()).toThrow(/UNIQUE/u);
  // One that waits gives up its place without anybody's turn coming; the holder's end gives it to the next.
  expect(kept.giveBack(job(2))).toBeNull();
  expect(kept.giveBack(job(1))).toBe(job(3));
  expect(take(3)).toBe(true);
  // Of a task that has ended without a word the login is free, and a task that is gone from the history has none.
  live.delete(job(3));
  expect(take(2)).toBe(true);
  expect(kept.users(login(1))).toEqual([job(2)]);
  db.prepare('DELETE FROM job WHERE id = ?').run(job(2));
  expect(kept.holder(login(1))).toBeNull();

  kept.keepSession(login(1), Buffer.from('sealed'), 7);
  expect(kept.list().map(({ name, sessionAtMs }) => [name, sessionAtMs])).toEqual([
    ['Shop 1', 7],
    ['Shop 2', null],
  ]);
  expect(Buffer.from(kept.session(login(1)) ?? []).toString()).toBe('sealed');
  kept.forgetSession(login(1));
  expect(kept.session(login(1))).toBeNull();
  expect([kept.remove(login(1)), kept.remove(login(1)), kept.find(login(1))]).toEqual([true, false, null]);
  expect(db.pragma('foreign_key_check')).toEqual([]);
});
