import { loginHost, loginLimit } from '../../../shared/domain/browser-login.ts';
import { loginId as loginIdSchema, type LoginId } from '../../../shared/domain/ids.ts';
import { ExpectedError } from '../../ipc/expected-error.ts';
import type { HandlersOf } from '../../ipc/handlers.ts';
import type { Logins } from '../browser/logins.ts';
import { newId } from '../new-id.ts';
import { SecretsRefused } from '../secrets/secrets.ts';
import type { CallContext } from './call-context.ts';
import { expectFound } from './expect-found.ts';

const saveRoute = 'browser.saveLogin';

type LoginCall = 'browser.logins' | 'browser.saveLogin' | 'browser.removeLogin' | 'browser.forgetSession';

/** Logins of browser tasks. */
export function loginCalls(
  { store, now }: Pick<CallContext, 'store' | 'now'>,
  logins: Logins,
  schedulesOf: (login: LoginId) => readonly string[],
): Pick<HandlersOf<'browser'>, LoginCall> {
  const { browserLogins } = store;
  const found = (id: LoginId) => expectFound(browserLogins.find(id), 'login', id);
  /** Nobody reads or writes what a login keeps while it is taken away. */
  function unused(id: LoginId): LoginId {
    const { name } = found(id);
    if (logins.isInUse(id)) throw new ExpectedError('login_in_use', `A task uses the login "${name}"; wait until it is done, or stop it.`);
    return id;
  }

  return {
    'browser.logins': () => logins.all(),
    'browser.saveLogin': ({ requestKey, name, sites, user, password, acceptWeak }) => {
      const earlier = store.requests.find(saveRoute, requestKey);
      if (earlier !== null) return logins.view(found(loginIdSchema.parse(earlier)));
      const all = browserLogins.list();
      if (all.length >= loginLimit) throw new ExpectedError('too_many_logins', `${loginLimit} logins are kept; remove one first.`);
      if (all.some(other => other.name.toLowerCase() === name.toLowerCase()))
        throw new ExpectedError('login_name_taken', `There is a login "${name}" already.`);
      const hosts = sites.map(site => {
        const host = loginHostOf(site);
        if (host === null) throw new ExpectedError('bad_login_site', `"${site}" is no address of a site.`);
        return host;
      });
      const id = newId(loginIdSchema);
      try {
        const login = { id, name, hosts: [...new Set(hosts)] };
        return store.inTransaction(() => {
          store.requests.record({ route: saveRoute, requestKey, resultId: id, atMs: now() });
          return logins.view(logins.add(login, { user, password }, { acceptWeak }));
        });
      } catch (error) {
        if (error instanceof SecretsRefused) throw new ExpectedError(error.code, error.message);
        throw error;
      }
    },
    'browser.removeLogin': ({ id }) => {
      const { name } = found(id);
      const [used] = schedulesOf(id);
      if (used !== undefined)
        throw new ExpectedError('login_scheduled', `The schedule "${used}" signs in with "${name}". Change or remove the schedule first.`);
      logins.remove(unused(id));
      return {};
    },
    'browser.forgetSession': ({ id }) => {
      logins.forgetSession(unused(id));
      return logins.view(found(id));
    },
  };
}

/** The host of an address, or of what a person writes for one; null where there is none. */
function loginHostOf(written: string): string | null {
  const text = written.trim();
  const url = URL.parse(/^https?:\/\//iu.test(text) ? text : `https://${text}`);
  return url === null || url.username !== '' ? null : (loginHost.safeParse(url.host).data ?? null);
}
