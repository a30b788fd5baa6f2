import type { ElementHandle, Frame, Locator } from 'playwright-core';
import type { GivenLogin, LoginSecretName } from '../../shared/domain/browser-login.ts';
import { loginSecretNames } from '../../shared/domain/browser-login.ts';
import { BrowserFault } from './browser-session.ts';

/** Kinds of fields that take each secret: a password goes only where a browser shows dots. */
const fieldTypes: Readonly<Record<LoginSecretName, readonly string[]>> = {
  user: ['text', 'email', 'tel'],
  password: ['password'],
};

/** Hosts of one's own machine: what is sent there crosses no network. */
const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/u;

/**
 * Types a secret of the task's login into a field, and returns the field. SECURITY: only on the login's own hosts, each frame around the
 * field included, over HTTPS or within this machine, and only into a field of its kind. Throws a `BrowserFault` for anything else.
 */
export async function fillSecret(field: Locator, name: string, login: GivenLogin | null, timeout: number): Promise<ElementHandle> {
  const known = loginSecretNames.find(each => each === name);
  const words = known === undefined ? null : (login?.[known] ?? null);
  if (login === null || known === undefined || words === null)
    throw new BrowserFault(
      'no_secret',
      login === null
        ? `The task has no login, so there is no secret “${name}”. Start it with a login.`
        : `The login of this task has no secret “${name}”; there are “user” and “password”, where the person has given them.`,
      name,
    );
  const handle = await field.elementHandle({ timeout });
  if (handle === null) throw new BrowserFault('not_found', 'The field is gone.');
  for (let frame: Frame | null = await handle.ownerFrame(); ; frame = frame.parentFrame()) {
    if (frame === null) break;
    refuseStrangers(frame.url(), login);
  }
  const type = await handle.evaluate(typeOfField as (node: unknown) => string | null);
  if (type === null || !fieldTypes[known].includes(type))
    throw new BrowserFault(
      'secret_refused',
      `The secret “${name}” is typed into a field of type ${fieldTypes[known].join(', ')} alone; this is ${type ?? 'no such field'}.`,
    );
  // The field that was looked at and no other: on another page it is no longer there.
  await handle.fill(words, { timeout });
  return handle;
}

function refuseStrangers(address: string, { hosts }: GivenLogin): void {
  const url = URL.parse(address);
  const isSafe = url !== null && (url.protocol === 'https:' || (url.protocol === 'http:' && loopback.test(url.hostname)));
  if (!isSafe) throw new BrowserFault('secret_refused', 'Secrets are typed on pages over HTTPS alone.', url?.host);
  if (!hosts.includes(url.host))
    throw new BrowserFault('secret_refused', `The login of this task is for ${hosts.join(', ')} and not for ${url.host}.`, url.host);
}

/** Runs in the page; on the login's own host, so what it says costs nobody but that host. */
function typeOfField(node: { readonly tagName: string; readonly type?: string }): string | null {
  return node.tagName === 'INPUT' ? (node.type ?? 'text') : null;
}
