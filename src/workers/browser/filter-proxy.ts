import { createServer, request as httpRequest, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { BrowserFaultCode } from '../../shared/domain/browser.ts';
import { DocumentRefused } from '../documents/document-refused.ts';
import { permittedAddresses, pinned } from '../documents/permitted-addresses.ts';
import type { SessionPolicy } from './browser-session.ts';
import { isPlannedSite, isWebAddress } from './site-policy.ts';

/** Milliseconds a name or a server is waited for; browsers wait half a minute for a server. */
const patienceMs = 30_000;
/** Addresses that came to nothing and are remembered until somebody asks; a page that is refused tries the same ones again and again. */
const refusedLimit = 200;

/** Where Chromium itself calls, whatever it is told; stopped like everything else, and no news to anybody. */
const ownCalls: ReadonlySet<string> = new Set([
  'accounts.google.com',
  'clients2.google.com',
  'content-autofill.googleapis.com',
  'optimizationguide-pa.googleapis.com',
  'safebrowsing.googleapis.com',
  'update.googleapis.com',
  'www.google.com',
]);

/** Why a request came to nothing: the first two by the policy, the others by the network. */
export type RefusalReason = Extract<BrowserFaultCode, 'not_allowed' | 'private_address' | 'unknown_host' | 'unreachable'>;

export interface Refusal {
  /** Without its query. */
  readonly address: string;
  readonly why: RefusalReason;
}

export interface FilterProxy {
  readonly port: number;
  /** What has come to nothing since the last call. */
  takeRefused(): readonly Refusal[];
  close(): Promise<void>;
}

/**
 * The way out of a task's browser: everything that it asks for, redirects, new tabs and web sockets with it, comes through here, is
 * checked against the plan, and goes to an address that was looked up and checked once. Routes of the browser's library miss
 * redirects and web sockets, so they are no policy.
 */
export async function startFilterProxy(policy: SessionPolicy): Promise<FilterProxy> {
  const refused = new Map<string, RefusalReason>();
  const open = new Set<Duplex>();
  const stopped = new AbortController();

  function refuse(url: URL, why: RefusalReason): null {
    if (refused.size < refusedLimit && !ownCalls.has(url.hostname)) refused.set(`${url.origin}${url.pathname}`, why);
    return null;
  }

  /** Null for an address that the task may not go to. */
  async function addressesOf(url: URL) {
    // SECURITY: the plan first, so that no name outside of it is even looked up.
    if (!isWebAddress(url) || !isPlannedSite(url, policy.sites())) return refuse(url, 'not_allowed');
    return permittedAddresses(url, { allowedHosts: policy.allowedHosts, signal: stopped.signal, idleMs: patienceMs }).catch(
      (error: unknown) => refuse(url, error instanceof DocumentRefused ? 'private_address' : 'unknown_host'),
    );
  }

  async function forward(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = URL.parse(request.url ?? '');
    const addresses = url?.protocol === 'http:' ? await addressesOf(url) : null;
    if (url === null || addresses === null) {
      request.resume();
      response.writeHead(403, { 'content-type': 'text/plain; charset=utf-8' }).end('This address is not in the plan of the task.');
      return;
    }
    const { 'proxy-connection': _hop, ...headers } = request.headers;
    const onward = httpRequest(url, {
      method: request.method ?? 'GET',
      headers,
      lookup: pinned(addresses),
      agent: false,
      signal: stopped.signal,
    });
    onward.setTimeout(patienceMs, () => onward.destroy(new Error('The server sent nothing.')));
    onward.on('response', answer => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
      answer.on('error', () => response.destroy());
    });
    onward.on('error', () => {
      if (response.headersSent) return void response.destroy();
      refuse(url, 'unreachable');
      response.writeHead(502).end();
    });
    response.on('close', () => onward.destroy());
    request.pipe(onward);
  }

  /** TLS, and web sockets without it. */
  async function tunnel(request: IncomingMessage, client: Duplex, head: Buffer): Promise<void> {
    const url = URL.parse(`https://${request.url ?? ''}`);
    const addresses = url === null ? null : await addressesOf(url);
    const [first] = addresses ?? [];
    if (url === null || first === undefined) {
      client.end('HTTP/1.1 403 Forbidden\r\n\r\n');
      return;
    }
    const server: Socket = connect({ host: first.address, port: Number(url.port === '' ? '443' : url.port), family: first.family });
    keep(server);
    server.setTimeout(patienceMs, () => {
      if (server.connecting) server.destroy();
    });
    server.on('connect', () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      if (head.length > 0) server.write(head);
      server.pipe(client);
      client.pipe(server);
    });
    server.on('error', () => {
      // Before it was connected: after that the page has its own words for what went wrong.
      if (server.readyState !== 'open') refuse(url, 'unreachable');
      client.destroy();
    });
    client.on('error', () => server.destroy());
    client.on('close', () => server.destroy());
  }

  function keep(socket: Duplex): void {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
  }

  const server: Server = createServer((request, response) => {
    void forward(request, response);
  });
  server.on('connect', (request: IncomingMessage, client: Duplex, head: Buffer) => {
    // A browser that goes away in the middle of the lookup.
    client.on('error', () => client.destroy());
    void tunnel(request, client, head);
  });
  server.on('connection', keep);
  await new Promise<void>((listening, failed) => {
    server.once('error', failed);
    server.listen(0, '127.0.0.1', listening);
  });
  return {
    port: (server.address() as AddressInfo).port,
    takeRefused() {
      const taken = [...refused].map(([address, why]) => ({ address, why }));
      refused.clear();
      return taken;
    },
    async close() {
      stopped.abort();
      for (const socket of open) socket.destroy();
      await new Promise<void>(closed => server.close(() => closed()));
    },
  };
}
