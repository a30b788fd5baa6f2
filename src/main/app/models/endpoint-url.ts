import type { EndpointFault } from '../../../shared/domain/provider.ts';

export type EndpointAddress =
  | { readonly ok: true; readonly url: string; readonly isLoopback: boolean }
  | { readonly ok: false; readonly fault: EndpointFault };

const loopbackHost = /^(?:localhost|(?:[\w-]+\.)+localhost|127(?:\.\d{1,3}){3}|\[::1\])$/u;
/** RFC 1918, RFC 4193 and names that no public resolver answers: machines of the person's own network. */
const ownNetwork =
  /^(?:10(?:\.\d{1,3}){3}|192\.168(?:\.\d{1,3}){2}|172\.(?:1[6-9]|2\d|3[01])(?:\.\d{1,3}){2}|\[f[cd][\da-f:]*\]|[\w-]+|.+\.(?:local|lan|internal|home\.arpa))$/u;
/** RFC 3927 and RFC 4291: where clouds keep the secrets of their machines; nobody's model is there. */
const linkLocal = /^(?:169\.254(?:\.\d{1,3}){2}|\[fe[89ab][\da-f:]*\]|0\.0\.0\.0|\[::\])$/u;

/**
 * The address of a provider as it is stored: re-serialised, without a slash at its end. The person typed it, so their own
 * machine and network are allowed.
 * SECURITY: a key travels unencrypted to neither the internet nor anybody who listens on the way there.
 */
export function readEndpointUrl(text: string, withKey: boolean): EndpointAddress {
  if (!URL.canParse(text.trim())) return { ok: false, fault: 'not_an_address' };
  const url = new URL(text.trim());
  const host = url.hostname.toLowerCase();
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return { ok: false, fault: 'not_http' };
  if (url.username !== '' || url.password !== '') return { ok: false, fault: 'has_credentials' };
  if (url.search !== '' || url.hash !== '') return { ok: false, fault: 'has_query' };
  if (linkLocal.test(host)) return { ok: false, fault: 'forbidden_address' };
  const isLoopback = loopbackHost.test(host);
  if (withKey && url.protocol === 'http:' && !isLoopback && !ownNetwork.test(host)) return { ok: false, fault: 'key_in_the_clear' };
  return { ok: true, url: `${url.origin}${url.pathname}`.replace(/\/+$/u, ''), isLoopback };
}
