// Real servers of tools from npm, over both of the protocol's ways, and one that misbehaves in every way it knows.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { McpTransport } from '../../../src/shared/domain/mcp.ts';
import { openServer, serverLimits, type ServerLimits } from '../../../src/workers/agent/mcp/open-server.ts';
import { resultText } from '../../../src/workers/agent/mcp/result-text.ts';
import { testServer } from '../../../src/workers/agent/mcp/test-server.ts';
import { failOnLeaks } from '../../support/leaks.ts';
import { startEverythingOverHttp, startHttp, serverScript } from '../../support/mcp/http-server.ts';
import type { HostileWay } from '../../support/mcp/hostile-server.ts';
import { descendants, isAlive } from '../../support/process-tree.ts';
import { tempFolder } from '../../support/temp-folder.ts';

failOnLeaks();

const never = new AbortController().signal;
const hostileScript = createRequire(import.meta.url).resolve('../../support/mcp/hostile-server.ts');
const env = { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', TOKEN: 'secret-0123456789' };
const stdio = (...args: string[]): McpTransport => ({ kind: 'stdio', command: process.execPath, args, env });
const hostile = (way: HostileWay) => stdio(hostileScript, way);
/** A limit that a test waits for; the others are never reached. */
const limits = (over: Partial<ServerLimits>): ServerLimits => ({ ...serverLimits, ...over });

async function withServer<T>(
  transport: McpTransport,
  work: (server: Awaited<ReturnType<typeof openServer>>) => Promise<T>,
  over = {},
): Promise<T> {
  const server = await openServer(transport, never, limits(over));
  try {
    return await work(server);
  } finally {
    await server.close();
  }
}

describe('"everything"', () => {
  test('over standard input and output lists its tools and is called', async () => {
    await withServer(stdio(serverScript('everything')), async server => {
      const { tools } = await server.list(never);
      expect(tools.map(({ name }) => name)).toEqual(expect.arrayContaining(['echo', 'get-sum', 'get-tiny-image']));
      expect(resultText(await server.call('echo', { message: 'привет' }, never))).toContain('привет');
      expect(resultText(await server.call('get-sum', { a: 2, b: 40 }, never))).toContain('42');
      expect(resultText(await server.call('get-tiny-image', {}, never))).toContain('(image, image/png: not shown)');
      // A wrong input is the server's to refuse, and it stays well.
      const refused = await server.call('get-sum', { a: 'two' }, never).then(
        ({ isError }) => isError,
        (error: unknown) => (error as Error).name === 'ToolRefused',
      );
      expect(refused).toBe(true);
      expect(server.isBroken()).toBe(false);
    });
  });

  test('over HTTP the same, with a call that tells of its progress', async () => {
    const http = await startEverythingOverHttp();
    try {
      const transport = { kind: 'http', url: http.url, headers: { authorization: 'Bearer secret-0123456789' } } as const;
      const outcome = await testServer(transport, never);
      expect(outcome).toMatchObject({ works: true, leftOut: 0 });
      await withServer(transport, async server => {
        expect(resultText(await server.call('echo', { message: 'hi' }, never))).toContain('hi');
        const long = await server.call('trigger-long-running-operation', { duration: 0.2, steps: 4 }, never);
        expect(resultText(long)).toContain('4');
      });
    } finally {
      await http.close();
    }
  });

  test('sees of the environment what it was given', async () => {
    await withServer(stdio(serverScript('everything')), async server => {
      const said = resultText(await server.call('get-env', {}, never));
      expect(
        Object.keys(JSON.parse(said) as object)
          .filter(name => !name.startsWith('_'))
          .sort(),
      ).toEqual(['HOME', 'PATH', 'TOKEN']);
    });
  });
});

test('"filesystem" reads and writes in the folder it was given, and refuses what is outside', async () => {
  const folder = tempFolder();
  try {
    const path = realpathSync(folder.path);
    mkdirSync(join(path, 'in'));
    writeFileSync(join(path, 'outside.txt'), 'outside');
    await withServer(stdio(serverScript('filesystem'), join(path, 'in')), async server => {
      const { tools } = await server.list(never);
      expect(tools.find(({ name }) => name === 'read_text_file')?.saysReadOnly).toBe(true);
      expect(tools.find(({ name }) => name === 'write_file')?.saysReadOnly).toBe(false);
      await server.call('write_file', { path: join(path, 'in', 'a.txt'), content: 'Заметка' }, never);
      expect(resultText(await server.call('read_text_file', { path: join(path, 'in', 'a.txt') }, never))).toContain('Заметка');
      const outside = await server.call('read_text_file', { path: join(path, 'outside.txt') }, never);
      expect(outside.isError).toBe(true);
    });
  } finally {
    folder.remove();
  }
});

describe('a server that', () => {
  test('greets on standard output is understood all the same', async () => {
    const outcome = await testServer(hostile('greets_on_stdout'), never);
    expect(outcome).toMatchObject({ works: true, leftOut: 3 });
    if (!outcome.works) throw new Error('unreachable');
    expect(outcome.tools).toEqual([
      { name: 'look', description: 'Reads.', inputSchema: '{"type":"object","properties":{}}', saysReadOnly: true },
      // Letters nobody sees are gone, and a schema that is a book is not shown to a model.
      { name: 'hidden', description: 'abc', inputSchema: '{"type":"object"}', saysReadOnly: false },
    ]);
  });

  test('has hundreds of tools gives a hundred', async () => {
    const outcome = await testServer(hostile('many_tools'), never);
    expect(outcome).toMatchObject({ works: true, leftOut: 200 });
  });

  test.for<[HostileWay, Partial<ServerLimits>, string, RegExp]>([
    ['garbage', { openMs: 1_500 }, 'timed_out', /not a message 0/u],
    ['silent', { openMs: 300 }, 'timed_out', /^$/u],
    ['dies_at_once', {}, 'ended', /no such thing.*exit code 7/su],
  ])('is %s is told of when it is tested', async ([way, over, failure, detail]) => {
    const outcome = await testServer(hostile(way), never, limits(over));
    expect(outcome).toMatchObject({ works: false, failure, detail: expect.stringMatching(detail) });
  });

  test('is not there is told of', async () => {
    expect(await testServer({ kind: 'stdio', command: '/nowhere/server', args: [], env }, never)).toMatchObject({
      works: false,
      failure: 'not_started',
      detail: expect.stringContaining('ENOENT'),
    });
  });

  test.for<[HostileWay, Partial<ServerLimits>, string]>([
    ['dies_in_call', {}, 'ended'],
    ['hangs_in_call', { callMs: 300 }, 'timed_out'],
    ['giant_line', { answerLimit: 100_000 }, 'bad_answer'],
    ['flood', { answerLimit: 100_000 }, 'bad_answer'],
  ])('%s in a call fails that call and is of no use then', async ([way, over, failure]) => {
    await withServer(
      hostile(way),
      async server => {
        const error: unknown = await server.call('look', {}, never).catch((caught: unknown) => caught);
        expect(error).toMatchObject({ name: 'McpServerFailure', failure });
        expect(String(error)).not.toContain('0123456789');
        expect(server.isBroken()).toBe(true);
      },
      over,
    );
  });

  test('asks for a model is refused one', async () => {
    await withServer(hostile('asks_back'), async server => {
      expect(resultText(await server.call('look', {}, never))).toContain('Method not found');
    });
  });

  test('hears nothing ends with all it has started', async () => {
    const started = await withServer(hostile('grandchild'), async server => {
      await server.list(never);
      return descendants(process.pid);
    });
    expect(started.length).toBeGreaterThanOrEqual(3);
    expect(started.filter(isAlive)).toEqual([]);
  });

  test('is being opened when the task is stopped ends too', async () => {
    const stop = new AbortController();
    const opening = openServer(hostile('silent'), stop.signal);
    stop.abort(new Error('The task is to stop.'));
    await expect(opening).rejects.toThrow('The task is to stop.');
  });
});

test('a server ends when the process that started it is killed', async () => {
  const opener = `
    const { openServer } = await import(${JSON.stringify(createRequire(import.meta.url).resolve('../../../src/workers/agent/mcp/open-server.ts'))});
    const server = await openServer(${JSON.stringify(hostile('grandchild'))}, new AbortController().signal);
    await server.list(new AbortController().signal);
    console.log('open');
    setInterval(() => {}, 60_000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', opener], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  await Promise.race([once(child.stdout, 'data'), ended]);
  const started = descendants(child.pid ?? 0);
  expect(started.length).toBeGreaterThanOrEqual(3);
  child.kill('SIGKILL');
  await ended;
  await expect.poll(() => started.filter(isAlive), { timeout: 20_000 }).toEqual([]);
});

describe('over HTTP', () => {
  async function tested(listener: Parameters<typeof startHttp>[0], over: Partial<ServerLimits> = {}) {
    const server = await startHttp(listener);
    try {
      const transport = { kind: 'http', url: server.url, headers: { 'x-key': 'secret-0123456789' } } as const;
      return await testServer(transport, never, limits(over));
    } finally {
      await server.close();
    }
  }
  const json =
    (text: string): Parameters<typeof startHttp>[0] =>
    (_, response) =>
      void response.writeHead(200, { 'content-type': 'application/json' }).end(text);

  test('what is no server of tools is told of', async () => {
    expect(await tested((_, response) => void response.writeHead(401).end('no'))).toMatchObject({ works: false, failure: 'unauthorized' });
    expect(await tested((_, response) => void response.writeHead(500).end('x'))).toMatchObject({ works: false, failure: 'bad_answer' });
    expect(await tested(json('<html>'))).toMatchObject({ works: false, failure: 'bad_answer' });
    expect(await tested(json(`"${'x'.repeat(50_000)}"`), { answerLimit: 10_000 })).toMatchObject({ works: false, failure: 'bad_answer' });
    expect(await tested(() => undefined, { openMs: 300 })).toMatchObject({ works: false, failure: 'timed_out' });
    expect(await tested((request, response) => void (response.destroy(), request.destroy()))).toMatchObject({
      works: false,
      failure: 'unreachable',
    });
  });

  test('nobody is there', async () => {
    const gone = await startHttp(() => undefined);
    await gone.close();
    expect(await testServer({ kind: 'http', url: gone.url, headers: {} }, never)).toMatchObject({
      works: false,
      failure: 'unreachable',
      detail: 'ECONNREFUSED',
    });
  });

  test('headers do not go along with a redirect', async () => {
    const seen: string[] = [];
    const other = await startHttp((request, response) => {
      seen.push(String(request.headers['x-key']));
      response.end();
    });
    try {
      const outcome = await tested((_, response) => void response.writeHead(307, { location: other.url }).end());
      expect(outcome.works).toBe(false);
      expect(seen).toEqual([]);
    } finally {
      await other.close();
    }
  });
});
