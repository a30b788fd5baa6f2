import type { BrowserContext } from 'playwright-core';
import { loginSessionLimit, type GivenLogin, type LoginSession } from '../../shared/domain/browser-login.ts';

/**
 * What makes the browser signed in to the login's hosts. SECURITY: of these hosts alone; what other sites of the task have left
 * is no part of the login. Null where it is more than is kept.
 */
export async function readLoginSession(context: BrowserContext, { hosts }: GivenLogin): Promise<LoginSession | null> {
  const { cookies, origins } = await context.storageState();
  const names = hosts.map(host => new URL(`http://${host}`).hostname);
  const isSentTo = (domain: string): boolean => {
    const bare = domain.replace(/^\./u, '');
    return names.some(name => name === bare || (domain.startsWith('.') && name.endsWith(`.${bare}`)));
  };
  const session = {
    cookies: cookies
      .filter(({ domain }) => isSentTo(domain))
      .map(({ name, value, domain, path, expires, httpOnly, secure, sameSite }) => ({
        name,
        value,
        domain,
        path,
        expires,
        httpOnly,
        secure,
        sameSite,
      })),
    origins: origins
      .filter(({ origin }) => hosts.includes(URL.parse(origin)?.host ?? ''))
      .map(({ origin, localStorage }) => ({ origin, localStorage: localStorage.map(({ name, value }) => ({ name, value })) })),
  };
  return JSON.stringify(session).length <= loginSessionLimit ? session : null;
}
