import type { LookupAddress } from 'node:dns';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { redirectsDetail } from '../../shared/domain/document.ts';
import { DocumentRefused } from './document-refused.ts';
import { RetryableError } from '../../shared/domain/task-failure.ts';
import { permittedAddresses, pinned, timedOut, unreachable } from './permitted-addresses.ts';

/** Redirects followed; browsers follow 20, a document is rarely behind more than two. */
const redirectLimit = 5;
const redirectStatuses: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

export interface OpenOptions {
  readonly allowedHosts: readonly string[];
  readonly signal: AbortSignal;
  /** Milliseconds without a byte, before and after the headers, after which the server counts as away. */
  readonly idleMs: number;
}

export interface OpenedResponse {
  readonly url: URL;
  readonly response: IncomingMessage;
}

/**
 * Sends GET and follows redirects. Each address on the way is resolved once, checked, and connected to as resolved,
 * so that a name that answers differently the second time leads nowhere else.
 *
 * @throws DocumentRefused `forbidden_address`, or `http_error` after too many redirects
 * @throws RetryableError `unreachable` or `timed_out`
 */
export async function openResponse(address: string, options: OpenOptions): Promise<OpenedResponse> {
  let url = parseAddress(address, null);
  for (let redirects = 0; redirects <= redirectLimit; redirects += 1) {
    const addresses = await permittedAddresses(url, options);
    const response = await send(url, addresses, options);
    const { location } = response.headers;
    if (!redirectStatuses.has(response.statusCode ?? 0) || location === undefined) return { url, response };
    response.destroy();
    url = parseAddress(location, url);
  }
  throw new DocumentRefused('http_error', redirectsDetail);
}

function parseAddress(address: string, base: URL | null): URL {
  const url = URL.parse(address, base?.href);
  if (url === null) throw new DocumentRefused('forbidden_address', 'not an address');
  // SECURITY: no file:, data: or ftp:, and no credentials that a redirect could carry to another host.
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new DocumentRefused('forbidden_address', url.protocol);
  if (url.username !== '' || url.password !== '') throw new DocumentRefused('forbidden_address', 'credentials in the address');
  return url;
}

async function send(url: URL, addresses: readonly LookupAddress[], { signal, idleMs }: OpenOptions): Promise<IncomingMessage> {
  signal.throwIfAborted();
  return await new Promise<IncomingMessage>((answer, fail) => {
    const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
    const request = send(url, {
      method: 'GET',
      signal,
      lookup: pinned(addresses),
      agent: false,
      headers: {
        'user-agent': 'Mozilla/5.0 (compatible; Konspekt)',
        'accept-encoding': 'gzip, deflate, br',
        accept: 'text/html,application/xhtml+xml,application/pdf,text/markdown,text/plain;q=0.9,*/*;q=0.5',
        'accept-language': 'ru,en;q=0.8,*;q=0.5',
      },
    });
    // Once there is a response, only through it does the reason reach whoever reads the body.
    let target: { destroy(error: Error): unknown } = request;
    request.setTimeout(idleMs, () => {
      target.destroy(timedOut(url.host, idleMs));
    });
    request.once('response', response => {
      target = response;
      answer(response);
    });
    // Stays for the body: a fault after the headers reaches the reader through the response, and this one must not be unhandled.
    request.on('error', error => {
      fail(error instanceof RetryableError || signal.aborted ? error : classify(url, error));
    });
    request.end();
  });
}

/** A certificate that does not hold is not a passing fault; neither is a server that speaks no HTTP. */
export function classify(url: URL, error: Error): Error {
  const code = 'code' in error ? String(error.code) : '';
  if (/CERT|^ERR_TLS|^ERR_SSL|SELF_SIGNED|UNABLE_TO_(?:VERIFY|GET)|^EPROTO$/u.test(code))
    return new DocumentRefused('unreachable', `${url.host}: ${code}`, error);
  if (code.startsWith('HPE_')) return new DocumentRefused('http_error', `${url.host}: ${code}`, error);
  return unreachable(url.host, error);
}
