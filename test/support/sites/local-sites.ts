import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a page of a site is: its HTML, or whatever the site does with the request itself. Null for a page that is not there. */
export type Answer = string | null | ((request: IncomingMessage, response: ServerResponse) => void);

export interface Site {
  /** Bodies that were posted to it, oldest first. */
  readonly orders: readonly string[];
  /** `body` is null for a request without one. */
  answer(url: URL, body: string | null): Answer;
}

export interface LocalSite extends Site, AsyncDisposable {
  /** With the port, as a plan names it. */
  readonly host: string;
  readonly origin: string;
  /** Paths that were asked for, oldest first. */
  readonly asked: readonly string[];
}

/** Serves a site on an address of its own on loopback (127.0.0.1, 127.0.0.2 …), so that two sites are two hosts. */
export async function serveSite(site: Site, address = '127.0.0.1'): Promise<LocalSite> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    void reply(request, response);
  });
  async function reply(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', `http://${request.headers.host ?? address}`);
    asked.push(`${url.pathname}${url.search}`);
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const body = request.method === 'POST' ? Buffer.concat(parts).toString('utf8') : null;
    const answer = site.answer(url, body);
    if (typeof answer === 'function') answer(request, response);
    else response.writeHead(answer === null ? 404 : 200, { 'content-type': 'text/html; charset=utf-8' }).end(answer ?? '<h1>404</h1>');
  }
  await new Promise<void>(listening => server.listen(0, address, listening));
  const host = `${address}:${(server.address() as AddressInfo).port}`;
  return {
    orders: site.orders,
    answer: (url, body) => site.answer(url, body),
    asked,
    host,
    origin: `http://${host}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise<void>(closed => server.close(() => closed()));
    },
  };
}
