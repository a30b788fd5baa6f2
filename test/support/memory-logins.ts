import type { CallArgs, CallName, CallOutput } from '../../src/shared/contract/contract.ts';
import type { LoginView } from '../../src/shared/domain/browser-login.ts';
import { loginId } from '../../src/shared/domain/ids.ts';
import type { SecretState } from '../../src/shared/domain/provider.ts';

export type LoginRefusal = 'not_found' | 'login_in_use' | 'login_name_taken' | 'secrets_weak';

interface MemoryLoginsDeps {
  readonly uuid: () => string;
  readonly refuse: (code: LoginRefusal) => never;
  readonly changed: () => void;
}

type LoginCall = Extract<CallName, 'browser.logins' | 'browser.saveLogin' | 'browser.removeLogin' | 'browser.forgetSession'>;

/** Logins of the host in memory. */
export function createMemoryLogins({ uuid, refuse, changed }: MemoryLoginsDeps) {
  const logins = new Map<string, LoginView>();
  let secrets: SecretState = 'strong';
  const have = (id: string): LoginView => logins.get(id) ?? refuse('not_found');
  const unused = (id: string): LoginView => (have(id).isInUse ? refuse('login_in_use') : have(id));
  function put(login: LoginView): LoginView {
    logins.set(login.id, login);
    changed();
    return login;
  }

  const handlers: { readonly [N in LoginCall]: (args: CallArgs<N>) => CallOutput<N> } = {
    'browser.logins': () => ({ logins: [...logins.values()], secrets }),
    'browser.saveLogin': ({ name, sites, user, password, acceptWeak }) => {
      if ([...logins.values()].some(other => other.name === name)) refuse('login_name_taken');
      if (secrets === 'weak' && !acceptWeak) refuse('secrets_weak');
      return put({
        id: loginId.parse(uuid()),
        name,
        hosts: [...sites],
        hasUser: user !== null,
        hasPassword: password !== null,
        isLocked: false,
        sessionAtMs: null,
        isInUse: false,
      });
    },
    'browser.removeLogin': ({ id }) => {
      unused(id);
      logins.delete(id);
      changed();
      return {};
    },
    'browser.forgetSession': ({ id }) => put({ ...unused(id), sessionAtMs: null }),
  };

  return {
    handlers,
    have,
    put,
    setSecrets(state: SecretState): void {
      secrets = state;
    },
  };
}
