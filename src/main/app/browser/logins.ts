import { z } from 'zod';
import {
  loginSecret,
  loginSession,
  loginSessionLimit,
  type GivenLogin,
  type LoginSession,
  type LoginsView,
  type LoginView,
} from '../../../shared/domain/browser-login.ts';
import type { JobId, LoginId } from '../../../shared/domain/ids.ts';
import { TaskFailure } from '../../../shared/domain/task-failure.ts';
import { ParkJob } from '../../engine/park-job.ts';
import type { BrowserLogins, StoredLogin } from '../../store/browser-logins.ts';
import { newKey, openWithKey, sealWithKey } from '../secrets/seal-with-key.ts';
import type { Secrets } from '../secrets/secrets.ts';

/** What secret storage holds of a login. The session is long and often written: it lies in the database, sealed by `key`. */
const keptWords = z.strictObject({ user: loginSecret.nullable(), password: loginSecret.nullable(), key: z.base64() });

/**
 * How long a task waits at most until it looks again whether its login is free, 10 min. The end of the task that has it wakes it at
 * once; this is for one whose end could not be recorded.
 */
const lookAgainMs = 10 * 60_000;

/** Logins of browser tasks: what they keep, and who has them. */
export interface Logins {
  view(login: StoredLogin): LoginView;
  all(): LoginsView;
  /** Throws `SecretsRefused`, and then nothing is kept. */
  add(
    login: Pick<StoredLogin, 'id' | 'name' | 'hosts'>,
    words: { readonly user: string | null; readonly password: string | null },
    options: { readonly acceptWeak: boolean },
  ): StoredLogin;
  remove(id: LoginId): void;
  forgetSession(id: LoginId): void;
  isInUse(id: LoginId): boolean;
  /** The task has a login or waits for one. */
  has(job: JobId): boolean;
  /**
   * For the input of a task that begins or goes on: from now on the login is this task's alone. SECURITY: its words are for the
   * worker. Throws a `ParkJob` while another task has it, and a `TaskFailure` where it is gone or cannot be opened here.
   */
  takeFor(job: JobId, id: LoginId): GivenLogin;
  /** The task has it now; false when it has not, and nothing is kept. */
  keepSession(job: JobId, id: LoginId, session: LoginSession): boolean;
  /** In transaction: the task has ended, and the next one goes on. */
  giveBack(job: JobId): void;
}

export interface LoginsParams {
  readonly logins: BrowserLogins;
  readonly secrets: Secrets;
  readonly isLive: (job: JobId) => boolean;
  readonly resumeInTransaction: (job: JobId) => boolean;
  readonly changed: () => void;
  readonly now: () => number;
}

export function createLogins({ logins, secrets, isLive, resumeInTransaction, changed, now }: LoginsParams): Logins {
  function wordsOf(id: LoginId): z.output<typeof keptWords> | null {
    const text = secrets.read(id);
    return text === null ? null : keptWords.parse(JSON.parse(text));
  }
  const isInUse = (id: LoginId): boolean => logins.users(id).some(isLive);
  function view({ id, name, hosts, hasUser, hasPassword, sessionAtMs }: StoredLogin): LoginView {
    return { id, name, hosts: [...hosts], hasUser, hasPassword, sessionAtMs, isLocked: wordsOf(id) === null, isInUse: isInUse(id) };
  }
  /** Null where none is kept, or another program's key sealed it: then the person signs in anew. */
  function openSession(id: LoginId, key: Buffer): LoginSession | null {
    const sealed = logins.session(id);
    if (sealed === null) return null;
    try {
      return loginSession.parse(JSON.parse(openWithKey(key, sealed)));
    } catch {
      // SECURITY: the reason may quote what was opened.
      return null;
    }
  }

  return {
    view,
    isInUse,
    has: job => logins.list().some(({ id }) => logins.users(id).includes(job)),
    all: () => ({ logins: logins.list().map(view), secrets: secrets.state() }),
    add(login, { user, password }, options) {
      const words: z.input<typeof keptWords> = { user, password, key: newKey().toString('base64') };
      secrets.write(login.id, JSON.stringify(words), options);
      const stored = { ...login, hasUser: user !== null, hasPassword: password !== null };
      logins.insert(stored, now());
      changed();
      return { ...stored, sessionAtMs: null };
    },
    remove(id) {
      logins.remove(id);
      secrets.remove(id);
      changed();
    },
    forgetSession(id) {
      logins.forgetSession(id);
      changed();
    },
    takeFor(job, id) {
      const login = logins.find(id);
      if (login === null)
        throw new TaskFailure('login_gone', 'The login of this task was removed. Start the task with another one.', { retryable: false });
      if (!logins.take(id, job, isLive))
        throw new ParkJob({ reason: 'children', expiresAtMs: now() + lookAgainMs, isOver: () => logins.holder(id) === null });
      const words = wordsOf(id);
      if (words === null)
        throw new TaskFailure('login_locked', 'The login was saved in another way and cannot be opened here. Remove it and add it again.', {
          retryable: false,
        });
      changed();
      const { user, password, key } = words;
      return { hosts: [...login.hosts], user, password, session: openSession(id, Buffer.from(key, 'base64')) };
    },
    keepSession(job, id, session) {
      const words = wordsOf(id);
      const text = JSON.stringify(session);
      if (words === null || logins.holder(id) !== job || text.length > loginSessionLimit) return false;
      logins.keepSession(id, sealWithKey(Buffer.from(words.key, 'base64'), text), now());
      changed();
      return true;
    },
    giveBack(job) {
      const next = logins.giveBack(job);
      if (next !== null) resumeInTransaction(next);
      changed();
    },
  };
}
