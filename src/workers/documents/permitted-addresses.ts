import { lookup as resolve, type LookupAddress } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { RetryableError } from '../../shared/domain/task-failure.ts';
import { isAllowedHost, isPublicAddress } from './address-policy.ts';
import { DocumentRefused } from './document-refused.ts';

export interface LookupOptions {
  readonly allowedHosts: readonly string[];
  readonly signal: AbortSignal;
  /** Milliseconds a resolver is given. */
  readonly idleMs: number;
}

/**
 * The host's addresses when each of them may be used; one forbidden among them refuses the host.
 *
 * @throws DocumentRefused `forbidden_address`
 * @throws RetryableError `unreachable` or `timed_out`
 */
export async function permittedAddresses(url: URL, options: LookupOptions): Promise<readonly LookupAddress[]> {
  const host = url.hostname.replaceAll(/^\[|\]$/gu, '');
  const family = isIP(host);
  const addresses = family === 0 ? await resolveHost(host, options) : [{ address: host, family }];
  // SECURITY: checked for every hop, redirects too; skipped only for hosts the person added.
  const forbidden = isAllowedHost(url, options.allowedHosts) ? undefined : addresses.find(({ address }) => !isPublicAddress(address));
  if (forbidden !== undefined)
    throw new DocumentRefused('forbidden_address', forbidden.address === host ? host : `${host} (${forbidden.address})`);
  return addresses;
}

/** The system resolver cannot be stopped; when its time is over its answer is not waited for. */
async function resolveHost(host: string, { signal, idleMs }: LookupOptions): Promise<readonly LookupAddress[]> {
  signal.throwIfAborted();
  return await new Promise<readonly LookupAddress[]>((found, fail) => {
    const timer = setTimeout(() => {
      finish();
      fail(timedOut(host, idleMs));
    }, idleMs);
    function onAbort(): void {
      finish();
      fail(signal.reason instanceof Error ? signal.reason : new Error('The fetch was stopped.'));
    }
    function finish(): void {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
    }
    signal.addEventListener('abort', onAbort, { once: true });
    resolve(host, { all: true }, (error, addresses) => {
      finish();
      if (error !== null) fail(unreachable(host, error));
      else if (addresses.length === 0) fail(unreachable(host, new Error('no addresses')));
      else found(addresses);
    });
  });
}

/** Hands the checked addresses to the connection in either form it may ask for. */
export function pinned(addresses: readonly LookupAddress[]): LookupFunction {
  return (_host, options, callback) => {
    const [first] = addresses;
    if (options.all === true) callback(null, [...addresses]);
    else if (first !== undefined) callback(null, first.address, first.family);
  };
}

export function unreachable(host: string, cause: Error): RetryableError {
  return new RetryableError('unreachable', `${host} cannot be reached: ${cause.message}. Check the address and the network.`, null, cause);
}

export function timedOut(host: string, idleMs: number): RetryableError {
  return new RetryableError('timed_out', `${host} sent nothing for ${idleMs} ms.`);
}
