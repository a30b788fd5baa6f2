import { createServer, request as httpRequest, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { permittedAddresses, pinned } from '../documents/permitted-addresses.ts';
import type { SessionPolicy } from './browser-session.ts';
import { isPlannedSite, isWebAddress } from './site-policy.ts';

/** Milliseconds a name or a server is waited for; browsers wait half a minute for a server. */
const patienceMs = 30_000;
/** Addresses that were stopped and are remembered until somebody asks; a page that is refused tries the same ones again and again. */
const blockedLimit = 200;

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

export interface FilterProxy {
  readonly port: number;
  /** Addresses that were stopped since the last call, without their query. */
  takeBlocked(): readonly string[];
  close(): Promise<void>;
}

/**
 * The way out of a task's browser: everything that it asks for, redirects, new tabs and web sockets with it, comes through here, is
 * checked against the plan, and goes to an address that was looked up and checked once. Routes of the browser's library miss
 * redirects and web sockets, so they are no policy.
 */
export async function startFilterProxy(policy: SessionPolicy): Promise<FilterProxy> {
  const blocked = new Set<string>();
  const open = new Set<Duplex>();
  const stopped = new AbortController();

  /** Null for an address that the task may not go to. */
  async function addressesOf(url: URL) {
    // SECURITY: the plan first, so that no name outside of it is even looked up.
    if (isWebAddress(url) && isPlannedSite(url, policy.sites())) {
      const found = await permittedAddresses(url, { allowedHosts: policy.allowedHosts, signal: stopped.signal, idleMs: patienceMs }).catch(
        () => null,
      );
      if (found !== null) return found;
    }
    if (blocked.size < blockedLimit && !ownCalls.has(url.hostname)) blocked.add(`${url.origin}${url.pathname}`);
    return null;
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
      if (response.headersSent) response.destroy();
      else response.writeHead(502).end();
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
    server.on('error', () => client.destroy());
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
    takeBlocked() {
      const taken = [...blocked];
      blocked.clear();
      return taken;
    },
    async close() {
      stopped.abort();
      for (const socket of open) socket.destroy();
      await new Promise<void>(closed => server.close(() => closed()));
    },
  };
}
