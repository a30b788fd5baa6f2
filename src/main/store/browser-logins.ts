import { z } from 'zod';
import { loginHost } from '../../shared/domain/browser-login.ts';
import { jobId, loginId, type JobId, type LoginId } from '../../shared/domain/ids.ts';
import { inWriteTransaction, type Database } from './connection.ts';

/** A login as it is stored: without its words. */
export interface StoredLogin {
  readonly id: LoginId;
  readonly name: string;
  readonly hosts: readonly string[];
  readonly hasUser: boolean;
  readonly hasPassword: boolean;
  readonly sessionAtMs: number | null;
}

/** Logins of browser tasks, and which task has which. A task has its login from its first attempt until it ends. */
export interface BrowserLogins {
  /** By name. */
  list(): readonly StoredLogin[];
  find(id: LoginId): StoredLogin | null;
  insert(login: Omit<StoredLogin, 'sessionAtMs'>, atMs: number): void;
  /** False when it is not there. Nobody uses it any more. */
  remove(id: LoginId): boolean;
  /** Sealed; null when none is kept. */
  session(id: LoginId): Uint8Array | null;
  keepSession(id: LoginId, sealed: Uint8Array, atMs: number): void;
  forgetSession(id: LoginId): void;
  /** The task has the login from now on, or waits for it. `isLive` says whether another one may still use it. True when it has it. */
  take(login: LoginId, job: JobId, isLive: (job: JobId) => boolean): boolean;
  /** The task that has it; null for none. */
  holder(login: LoginId): JobId | null;
  /** Those that have it or wait for it. */
  users(login: LoginId): readonly JobId[];
  /** The task neither has it nor waits for it any more. The one that waits longest for what is free now; null for none. */
  giveBack(job: JobId): JobId | null;
}

interface Row {
  readonly id: string;
  readonly name: string;
  readonly hosts: string;
  readonly hasUser: number;
  readonly hasPassword: number;
  readonly sessionAtMs: number | null;
}

const columns = 'id, name, hosts, has_user AS hasUser, has_password AS hasPassword, session_at_ms AS sessionAtMs';
const storedHosts = z.array(loginHost);

export function createBrowserLogins(db: Database): BrowserLogins {
  const sql = {
    list: db.prepare<[], Row>(`SELECT ${columns} FROM browser_login ORDER BY name, id`),
    find: db.prepare<[string], Row>(`SELECT ${columns} FROM browser_login WHERE id = ?`),
    insert: db.prepare<Omit<Row, 'sessionAtMs'> & { atMs: number }>(`
      INSERT INTO browser_login (id, name, hosts, has_user, has_password, created_at_ms)
      VALUES (@id, @name, @hosts, @hasUser, @hasPassword, @atMs)`),
    remove: db.prepare<[string]>('DELETE FROM browser_login WHERE id = ?'),
    session: db.prepare<[string], { session: Buffer | null }>('SELECT session FROM browser_login WHERE id = ?'),
    putSession: db.prepare<[Uint8Array | null, number | null, string]>(
      'UPDATE browser_login SET session = ?, session_at_ms = ? WHERE id = ?',
    ),
    holder: db.prepare<[string], { job: string }>('SELECT job_id AS job FROM browser_login_use WHERE login_id = ? AND has_it = 1'),
    users: db.prepare<[string], { job: string }>('SELECT job_id AS job FROM browser_login_use WHERE login_id = ? ORDER BY job_id'),
    use: db.prepare<{ job: string; login: string; hasIt: number }>(`
      INSERT INTO browser_login_use (job_id, login_id, has_it) VALUES (@job, @login, @hasIt)
      ON CONFLICT (job_id) DO UPDATE SET login_id = excluded.login_id, has_it = excluded.has_it`),
    giveBack: db.prepare<[string], { login: string }>('DELETE FROM browser_login_use WHERE job_id = ? RETURNING login_id AS login'),
  };
  const read = ({ id, hosts, hasUser, hasPassword, ...row }: Row): StoredLogin => ({
    ...row,
    id: loginId.parse(id),
    hosts: storedHosts.parse(JSON.parse(hosts)),
    hasUser: hasUser === 1,
    hasPassword: hasPassword === 1,
  });
  function holder(login: string): JobId | null {
    const row = sql.holder.get(login);
    return row === undefined ? null : jobId.parse(row.job);
  }
  const users = (login: string) => sql.users.all(login).map(({ job }) => jobId.parse(job));

  return {
    list: () => sql.list.all().map(read),
    find(id) {
      const row = sql.find.get(id);
      return row === undefined ? null : read(row);
    },
    insert({ hosts, hasUser, hasPassword, ...login }, atMs) {
      inWriteTransaction(db, () => {
        sql.insert.run({ ...login, hosts: JSON.stringify(hosts), hasUser: Number(hasUser), hasPassword: Number(hasPassword), atMs });
      });
    },
    remove: id => inWriteTransaction(db, () => sql.remove.run(id).changes === 1),
    session: id => sql.session.get(id)?.session ?? null,
    keepSession(id, sealed, atMs) {
      inWriteTransaction(db, () => {
        sql.putSession.run(sealed, atMs, id);
      });
    },
    forgetSession(id) {
      inWriteTransaction(db, () => {
        sql.putSession.run(null, null, id);
      });
    },
    take: (login, job, isLive) =>
      inWriteTransaction(db, () => {
        const before = holder(login);
        const isFree = before === null || before === job || !isLive(before);
        if (isFree && before !== null) sql.giveBack.get(before);
        sql.use.run({ job, login, hasIt: Number(isFree) });
        return isFree;
      }),
    holder,
    users,
    giveBack: job =>
      inWriteTransaction(db, () => {
        const row = sql.giveBack.get(job);
        return row === undefined || holder(row.login) !== null ? null : (users(row.login)[0] ?? null);
      }),
  };
}
