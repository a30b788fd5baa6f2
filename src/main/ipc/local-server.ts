import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { webSocketPath } from '../../shared/contract/wire.ts';
import type { Dispatch } from './dispatch.ts';
import type { EventHub } from './event-hub.ts';
import { createBrowserCookies, createKeyMemory, type KeyMemory } from './browser-cookies.ts';
import { createLocalAccess, hasBearer, isOwnHost, isOwnOrigin, type LocalAccess } from './local-access.ts';
import { serveSocket, socketFrameBytes } from './socket-channel.ts';

/** Where the command line connects; never linked from a page. */
export const controlPath = '/control';
/** Where `konspekt open` asks for a new link. */
export const controlLinkPath = '/control/link';
/** Where a scraper reads figures. */
export const metricsPath = '/metrics';
/** Where a printed link points; its token becomes a cookie. */
export const openPath = '/open';

/** SECURITY: loopback only; the program never listens on another address. */
const bindAddress = '127.0.0.1';

export interface LocalServer {
  readonly port: number;
  readonly access: LocalAccess;
  /** `http://127.0.0.1:<port>/open?token=…`, good for one browser. */
  newLink(): string;
  close(): Promise<void>;
}

export interface LocalServerOptions {
  /** 0 picks a free one. */
  readonly port: number;
  readonly dispatch: Dispatch;
  readonly events: EventHub;
  /** Absent on the desktop, where the server is the command line's door and has no pages. */
  readonly page?: (request: IncomingMessage, response: ServerResponse, isSignedIn: boolean) => void | Promise<void>;
  /** Where the secrets behind the cookies are kept. Default: browsers are let in for this run only. */
  readonly keys?: KeyMemory;
  /** Figures for a scraper that has the token; absent, there are none to be read. */
  readonly metrics?: { readonly token: string; readonly text: () => string; readonly contentType: string };
  readonly now: () => number;
  /** A request that could not be answered, in a way nobody expects; whoever asked is told no more than that. */
  readonly reportUnexpected: (error: unknown) => void;
}

/** Nobody listens there for us: another program does, or the system keeps the port for programs with more rights. */
export class PortUnavailableError extends Error {
  override readonly name = 'PortUnavailableError';
  readonly port: number;
  readonly reason: 'taken' | 'forbidden';
  constructor(port: number, reason: PortUnavailableError['reason'], cause: unknown) {
    super(`Port ${port} on ${bindAddress} is ${reason}. Take another one, or 0 for any free one.`, { cause });
    this.port = port;
    this.reason = reason;
  }
}

const unavailable: Readonly<Record<string, PortUnavailableError['reason']>> = { EADDRINUSE: 'taken', EACCES: 'forbidden' };

/** The loopback door of a host: the window's page and socket where there is one, and the command line's socket. */
export async function startLocalServer(options: LocalServerOptions): Promise<LocalServer> {
  let port = 0;
  const access = createLocalAccess(() => port, options.now, createBrowserCookies(options.keys ?? createKeyMemory(), options.now));
  const sockets = new WebSocketServer({ noServer: true, maxPayload: socketFrameBytes });
  const server = createServer((request, response) => {
    // SECURITY: whatever stands in a request of a stranger, it ends that request and not the program.
    answer(request, response).catch((error: unknown) => {
      options.reportUnexpected(error);
      if (response.headersSent) response.destroy();
      else refuse(response, 500, 'Something went wrong inside Konspekt.');
    });
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!isOwnHost(request.headers.host, port)) {
      refuse(response, 421, 'This address serves Konspekt under 127.0.0.1 only.');
      return;
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      refuse(response, 405, 'Only GET is served here.');
      return;
    }
    const { path, query } = targetOf(request);
    if (options.metrics !== undefined && path === metricsPath) {
      scrape(options.metrics, request, response);
      return;
    }
    if (options.page === undefined) {
      refuse(response, 404, 'Konspekt runs as a desktop program; it has no page here.');
      return;
    }
    if (path === controlLinkPath) {
      if (!access.isControl(request.headers)) refuse(response, 403, 'Only the command line may ask for a link.');
      else response.writeHead(200, { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' }).end(newLink());
      return;
    }
    if (path === openPath) {
      signIn(query.get('token') ?? '', request, response);
      return;
    }
    const renewed = access.renew(request.headers);
    if (renewed !== null) response.setHeader('Set-Cookie', renewed);
    await options.page(request, response, access.hasCookie(request.headers));
  }

  function scrape(metrics: NonNullable<LocalServerOptions['metrics']>, request: IncomingMessage, response: ServerResponse): void {
    // SECURITY: neither the page's cookie nor the control token is asked for here, so that a scraper is given neither.
    if (!hasBearer(request.headers, metrics.token)) {
      response.setHeader('WWW-Authenticate', 'Bearer');
      refuse(response, 401, 'Send the token that "konspekt serve --metrics" printed: Authorization: Bearer <token>.');
      return;
    }
    let body: Buffer;
    try {
      body = Buffer.from(metrics.text());
    } catch {
      // A disk that does not answer; the next scrape asks again.
      refuse(response, 503, 'The figures cannot be read now.');
      return;
    }
    response
      .writeHead(200, {
        'Content-Type': metrics.contentType,
        'Content-Length': String(body.byteLength),
        'X-Content-Type-Options': 'nosniff',
        'Cache-Control': 'no-store',
      })
      .end(request.method === 'HEAD' ? undefined : body);
  }

  const newLink = () => `http://${bindAddress}:${port}${openPath}?token=${access.issueLinkToken()}`;

  function signIn(token: string, request: IncomingMessage, response: ServerResponse): void {
    const cookie = access.exchange(token);
    if (cookie === null && !access.hasCookie(request.headers)) {
      refuse(response, 401, 'This link was used already or is too old. Run "konspekt open" for a new one.');
      return;
    }
    const setCookie = cookie === null ? {} : { 'Set-Cookie': cookie };
    response.writeHead(303, { ...setCookie, Location: '/', 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' }).end();
  }

  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => undefined);
    const { path } = targetOf(request);
    const mayEnter =
      isOwnHost(request.headers.host, port) &&
      (path === controlPath
        ? access.isControl(request.headers)
        : path === webSocketPath && options.page !== undefined && isOwnOrigin(request.headers) && access.hasCookie(request.headers));
    if (!mayEnter) {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, webSocket => {
      // SECURITY: the path decides which proof was asked for above, so it tells who this is.
      serveSocket(webSocket, { dispatch: options.dispatch, events: options.events, kind: path === controlPath ? 'commandLine' : 'window' });
    });
  });

  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const reason = unavailable[error.code ?? ''];
      reject(reason === undefined ? error : new PortUnavailableError(options.port, reason, error));
    });
    server.listen(options.port, bindAddress, resolve);
  });
  port = (server.address() as AddressInfo).port;

  return {
    port,
    access,
    newLink,
    async close() {
      for (const client of sockets.clients) client.close(1001, 'Konspekt is closing.');
      const closed = new Promise<void>(resolve => {
        server.close(() => {
          resolve();
        });
      });
      server.closeAllConnections();
      for (const client of sockets.clients) client.terminate();
      await closed;
    },
  };
}

/** SECURITY: split by hand, as `URL` throws on some of what a stranger may ask for (`//`), and reads others as another host. */
function targetOf(request: IncomingMessage): { readonly path: string; readonly query: URLSearchParams } {
  const target = request.url ?? '';
  const queryAt = target.indexOf('?');
  if (queryAt === -1) return { path: target, query: new URLSearchParams() };
  return { path: target.slice(0, queryAt), query: new URLSearchParams(target.slice(queryAt)) };
}

function refuse(response: ServerResponse, status: number, sentence: string): void {
  response
    .writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', 'X-Content-Type-Options': 'nosniff', 'Cache-Control': 'no-store' })
    .end(`${sentence}\n`);
}
