import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { openControlDoor } from '../../src/main/ipc/control-door.ts';
import { createDispatch } from '../../src/main/ipc/dispatch.ts';
import { encodeFrame } from '../../src/main/ipc/json-frames.ts';
import { createEventHub } from '../../src/main/ipc/event-hub.ts';
import { controlPath, startLocalServer, type LocalServer, type LocalServerOptions } from '../../src/main/ipc/local-server.ts';
import { stubCalls, stubStreams } from '../support/stub-handlers.ts';

let server: LocalServer;
/** What the server says that nobody expected. */
const unexpected: unknown[] = [];

const usual = (): LocalServerOptions => ({
  port: 0,
  dispatch: createDispatch({ calls: stubCalls({}), streams: stubStreams({}), reportUnexpected: () => undefined }),
  events: createEventHub(),
  now: () => Date.now(),
  reportUnexpected: error => {
    unexpected.push(error);
  },
});

beforeEach(async () => {
  unexpected.length = 0;
  server = await startLocalServer({
    ...usual(),
    page: (request, response, isSignedIn) => {
      if (request.url === '/broken') throw new Error('disk I/O error');
      response.writeHead(isSignedIn ? 200 : 401).end();
    },
  });
});
afterEach(() => server.close());

function get(
  path: string,
  headers: Record<string, string> = {},
): Promise<{ status: number; headers: Record<string, string | string[] | undefined> }> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest(
      { host: '127.0.0.1', port: server.port, path, headers: { host: `127.0.0.1:${server.port}`, ...headers } },
      response => {
        response.resume();
        response.on('end', () => {
          resolve({ status: response.statusCode ?? 0, headers: response.headers });
        });
      },
    );
    sent.on('error', reject);
    sent.end();
  });
}

async function signIn(): Promise<string> {
  const { headers } = await get(new URL(server.newLink()).pathname + new URL(server.newLink()).search);
  return String(headers['set-cookie']).split(';')[0] ?? '';
}

/** Whether the handshake was let through. */
function mayOpen(path: string, headers: Record<string, string>): Promise<boolean> {
  return new Promise(resolve => {
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}${path}`, { headers });
    socket.on('open', () => {
      socket.on('close', () => {
        resolve(true);
      });
      socket.close();
    });
    socket.on('error', () => {
      resolve(false);
    });
  });
}

test('a link lets one browser in, once, with a cookie that scripts and other sites cannot use', async () => {
  const link = new URL(server.newLink());
  const first = await get(link.pathname + link.search);
  expect(first.status).toBe(303);
  expect(String(first.headers['set-cookie'])).toMatch(/^konspekt_\d+=[\w.-]+; Path=\/; Max-Age=2592000; HttpOnly; SameSite=Strict$/u);
  expect((await get(link.pathname + link.search)).status).toBe(401);
  expect((await get('/', { cookie: String(first.headers['set-cookie']).split(';')[0] ?? '' })).status).toBe(200);
});

test('a page is not shown to a browser that was not let in', async () => {
  expect((await get('/')).status).toBe(401);
  expect((await get('/', { cookie: `${server.access.cookieName}=guess` })).status).toBe(401);
});

test('a name that was rebound to this address is refused', async () => {
  const cookie = await signIn();
  expect((await get('/', { cookie, host: `evil.example:${server.port}` })).status).toBe(421);
  expect(await mayOpen('/ws', { cookie, host: `evil.example:${server.port}`, origin: `http://evil.example:${server.port}` })).toBe(false);
});

test('a socket opens for our page with its cookie and for nobody else', async () => {
  const cookie = await signIn();
  const own = `http://127.0.0.1:${server.port}`;
  expect(await mayOpen('/ws', { cookie, origin: own })).toBe(true);
  expect(await mayOpen('/ws', { cookie, origin: 'https://evil.example' })).toBe(false);
  expect(await mayOpen('/ws', { cookie })).toBe(false);
  expect(await mayOpen('/ws', { origin: own })).toBe(false);
  expect(await mayOpen('/ws', { cookie: `${server.access.cookieName}=guess`, origin: own })).toBe(false);
});

test('the command line enters with its token, and no page can', async () => {
  const authorization = `Bearer ${server.access.controlToken}`;
  expect(await mayOpen(controlPath, { authorization })).toBe(true);
  expect(await mayOpen(controlPath, { authorization, origin: `http://127.0.0.1:${server.port}` })).toBe(false);
  expect(await mayOpen(controlPath, { authorization: 'Bearer guess' })).toBe(false);
  expect(await mayOpen(controlPath, {})).toBe(false);
  expect((await get('/control/link')).status).toBe(403);
});

test('who asks is told by the door: a page is a window, whoever has the token the command line', async () => {
  const asked: string[] = [];
  const dispatch = createDispatch({
    calls: stubCalls({
      'app.openLink': (_args, { kind }) => {
        asked.push(kind);
        return {};
      },
    }),
    streams: stubStreams({}),
    reportUnexpected: () => undefined,
  });
  await server.close();
  server = await startLocalServer({ ...usual(), dispatch, page: (_request, response) => void response.writeHead(200).end() });
  const ask = (path: string, headers: Record<string, string>) =>
    new Promise<void>((resolve, reject) => {
      const socket = new WebSocket(`ws://127.0.0.1:${server.port}${path}`, { headers });
      socket.on('error', reject);
      socket.on('open', () => {
        socket.send(encodeFrame({ type: 'call', id: 1, route: 'app.openLink', input: { url: 'https://a.example' } }));
      });
      socket.on('message', () => {
        socket.close();
      });
      socket.on('close', () => {
        resolve();
      });
    });
  await ask('/ws', { cookie: await signIn(), origin: `http://127.0.0.1:${server.port}` });
  await ask(controlPath, { authorization: `Bearer ${server.access.controlToken}` });
  expect(asked).toEqual(['window', 'commandLine']);
});

test('nothing but reading is served over plain requests', async () => {
  const answer = await fetch(`http://127.0.0.1:${server.port}/`, { method: 'POST' });
  expect(answer.status).toBe(405);
});

test.each(['//', '//?token=x', '/\\', '*', 'http://', 'http://evil.example/open?token=x', '/%', '/open?token=%'])(
  'a target as no page writes it is answered like any other: %s',
  async target => {
    expect((await get(target)).status).toBe(401);
    expect(unexpected).toEqual([]);
  },
);

test('a page that cannot be had ends its request alone, and is told', async () => {
  expect((await get('/broken')).status).toBe(500);
  expect(unexpected).toEqual([new Error('disk I/O error')]);
  expect((await get('/')).status).toBe(401);
});

test('a door that cannot say where it is does not stay open', async () => {
  const { port } = server;
  await server.close();
  const folder = mkdtempSync(join(tmpdir(), 'konspekt-door-'));
  const open = (dataDir: string) => openControlDoor({ ...usual(), port, dataDir, host: 'command', version: 'test' });
  try {
    await expect(open(join(folder, 'missing'))).rejects.toThrow('ENOENT');
    const door = await open(folder);
    expect([door.port, readdirSync(folder)]).toEqual([port, ['control.json']]);
    await door.close();
    expect(readdirSync(folder)).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true });
    server = await startLocalServer(usual());
  }
});

test('figures are for who has their token, and for no page, and not there unless they are asked for', async () => {
  expect((await get('/metrics', { authorization: `Bearer ${server.access.controlToken}` })).status).toBe(401);
  const token = 'a'.repeat(43);
  let isBroken = false;
  const withFigures = await startLocalServer({
    ...usual(),
    metrics: {
      token,
      contentType: 'text/plain; version=0.0.4',
      text: () => {
        if (isBroken) throw new Error('disk I/O error');
        return 'up 1\n';
      },
    },
  });
  const ask = (headers: Record<string, string>, method = 'GET') =>
    fetch(`http://127.0.0.1:${withFigures.port}/metrics`, { headers, method });
  try {
    const authorization = `Bearer ${token}`;
    expect(await (await ask({ authorization })).text()).toBe('up 1\n');
    const refused = await ask({});
    expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
    expect((await ask({ authorization: 'Bearer guess' })).status).toBe(401);
    expect((await ask({ authorization: `Bearer ${withFigures.access.controlToken}` })).status).toBe(401);
    expect((await ask({ authorization, origin: `http://127.0.0.1:${withFigures.port}` })).status).toBe(401);
    // What a browser asks first when a page elsewhere wants to send the header.
    expect((await ask({ origin: 'https://evil.example', 'access-control-request-headers': 'authorization' }, 'OPTIONS')).status).toBe(405);
    isBroken = true;
    expect((await ask({ authorization })).status).toBe(503);
  } finally {
    await withFigures.close();
  }
  const socket = new WebSocket(`ws://127.0.0.1:${server.port}${controlPath}`, { headers: { authorization: `Bearer ${token}` } });
  await new Promise(resolve => {
    socket.on('error', resolve);
  });
});
