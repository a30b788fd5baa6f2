import { createHash } from 'node:crypto';
import { lookup } from 'node:dns/promises';
import { once } from 'node:events';
import type { RequestListener } from 'node:http';
import { createServer as createSocketServer } from 'node:net';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { makeHtmlPage } from '../../../test/support/documents/html-page.ts';
import { encodeOneByte } from '../../../test/support/documents/one-byte-text.ts';
import { makePdf } from '../../../test/support/documents/pdf-file.ts';
import { tempDir } from '../../../test/support/documents/temp-dir.ts';
import { startWebServer } from '../../../test/support/documents/web-server.ts';
import { RetryableError } from '../../shared/domain/task-failure.ts';
import { DocumentRefused } from './document-refused.ts';
import { redirectsDetail } from '../../shared/domain/document.ts';
import { defaultFetchLimits, fetchOriginal, retryAfterMs, type FetchLimits } from './fetch-original.ts';
import { importDocument } from './import-document.ts';

const quiet = { signal: new AbortController().signal, report: () => {} };

/** What fetching ends with: the bytes staged, or the code and detail of the fault. */
async function fetched(
  url: string,
  allowedHosts: readonly string[],
  limits: Partial<FetchLimits> = {},
): Promise<{ bytes: Buffer; name: string } | { refused: string; detail: string | null } | { retryable: string; afterMs: number | null }> {
  await using dir = await tempDir();
  try {
    const { original, staged } = await fetchOriginal({ url, allowedHosts }, dir.path, quiet, { ...defaultFetchLimits, ...limits });
    const bytes = await readFile(join(dir.path, staged.name));
    expect(staged).toMatchObject({ byteCount: bytes.byteLength, sha256: createHash('sha256').update(bytes).digest('hex') });
    return { bytes, name: original.name };
  } catch (error) {
    if (error instanceof DocumentRefused) return { refused: error.code, detail: error.detail };
    if (error instanceof RetryableError) return { retryable: error.code, afterMs: error.retryAfterMs };
    throw error;
  }
}

const answerWith =
  (status: number, headers: Record<string, string>, body: string | Uint8Array = ''): RequestListener =>
  (_request, response) => {
    response.writeHead(status, headers).end(body);
  };

describe('a document from an address', () => {
  test('is staged as fetched and read: a page in windows-1251 by its header, a PDF by its bytes', async () => {
    const pdf = await makePdf([[{ text: 'Этот документ пришёл с сервера.' }]]);
    const page = makeHtmlPage({ title: 'Страница', article: '<p>Короткая страница с сервера.</p>', charset: 'utf-8' }).replace(
      '<meta charset="utf-8">',
      '',
    );
    await using server = await startWebServer((request, response) => {
      if (request.url === '/page')
        response.writeHead(200, { 'content-type': 'text/html; charset="windows-1251"' }).end(encodeOneByte(page, 'windows-1251'));
      else
        response
          .writeHead(200, {
            'content-type': 'application/octet-stream',
            'content-disposition': "attachment; filename*=UTF-8''%D0%BE%D1%82%D1%87%D1%91%D1%82.pdf",
          })
          .end(pdf);
    });
    for (const [path, expected] of [
      ['/page', { format: 'html', title: 'Страница', warnings: [] }],
      ['/file?id=1', { format: 'pdf', pageCount: 1 }],
    ] as const) {
      await using dir = await tempDir();
      const output = await importDocument(
        { from: { kind: 'url', url: server.origin + path, allowedHosts: [server.host] }, stagingDir: dir.path },
        quiet,
      );
      expect(output).toMatchObject({ result: 'read', ...expected, original: { name: 'original' } });
      expect(new Set(await readdir(dir.path))).toEqual(new Set(['original', 'snapshot.json']));
    }
    expect(await fetched(`${server.origin}/file`, [server.host])).toMatchObject({ name: 'отчёт.pdf' });
  });

  test.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
    ['deflate', deflateSync],
    ['deflate', deflateRawSync],
    ['x-gzip', gzipSync],
  ] as const)('%s is decoded', async (coding, pack) => {
    await using server = await startWebServer(
      answerWith(200, { 'content-encoding': coding, 'content-type': 'text/plain' }, pack(Buffer.from('сжатый текст'))),
    );
    expect(await fetched(`${server.origin}/a.txt`, [server.host])).toEqual({ bytes: Buffer.from('сжатый текст'), name: 'a.txt' });
  });

  test('redirects are followed, five of them', async () => {
    await using server = await startWebServer((request, response) => {
      const left = Number(request.url?.slice(1));
      if (left > 0) response.writeHead(302, { location: `/${left - 1}` }).end();
      else response.end('arrived');
    });
    expect(await fetched(`${server.origin}/5`, [server.host])).toMatchObject({ bytes: Buffer.from('arrived') });
    expect(await fetched(`${server.origin}/6`, [server.host])).toEqual({ refused: 'http_error', detail: redirectsDetail });
  });
});

describe('an address that may not be fetched', () => {
  test.each([
    ['http://127.0.0.1/', '127.0.0.1'],
    ['http://2130706433/', '127.0.0.1'],
    ['http://0x7f.1/', '127.0.0.1'],
    ['http://[::1]/', '::1'],
    ['http://[::ffff:127.0.0.1]/', '::ffff:7f00:1'],
    ['http://169.254.169.254/latest/meta-data/', '169.254.169.254'],
    ['http://0.0.0.0:80/', '0.0.0.0'],
    ['https://10.1.2.3/', '10.1.2.3'],
    ['file:///etc/passwd', 'file:'],
    ['ftp://example.org/', 'ftp:'],
    ['data:text/plain,x', 'data:'],
    ['http://user:secret@example.org/', 'credentials in the address'],
    ['not an address', 'not an address'],
  ])('%s', async (url, detail) => {
    expect(await fetched(url, [])).toEqual({ refused: 'forbidden_address', detail });
  });

  test('a name that resolves to loopback, with nothing sent to it', async () => {
    await using server = await startWebServer(answerWith(200, {}, 'secret'));
    const url = new URL(server.origin);
    url.hostname = 'localhost';
    const { address } = await lookup('localhost');
    expect(await fetched(url.href, [])).toEqual({ refused: 'forbidden_address', detail: `localhost (${address})` });
    expect(server.seen).toEqual([]);
  });

  test.each([301, 302, 303, 307, 308])('a redirect (%i) from an allowed host to one that is not', async status => {
    await using inner = await startWebServer(answerWith(200, {}, 'secret'), '127.0.0.2');
    await using outer = await startWebServer(answerWith(status, { location: `${inner.origin}/secret` }));
    expect(await fetched(outer.origin, [outer.host])).toEqual({ refused: 'forbidden_address', detail: '127.0.0.2' });
    expect(inner.seen).toEqual([]);
    expect(await fetched(outer.origin, [outer.host, inner.host])).toMatchObject({ bytes: Buffer.from('secret') });
  });

  test('a redirect to a file', async () => {
    await using server = await startWebServer(answerWith(302, { location: 'file:///etc/passwd' }));
    expect(await fetched(server.origin, [server.host])).toEqual({ refused: 'forbidden_address', detail: 'file:' });
  });
});

describe('a server that', () => {
  test.each([
    [404, 'not_found'],
    [410, 'not_found'],
    [403, 'http_error'],
    [401, 'http_error'],
    [304, 'http_error'],
  ])('answers %i is final', async (status, code) => {
    await using server = await startWebServer(answerWith(status, {}));
    expect(await fetched(server.origin, [server.host])).toEqual({ refused: code, detail: String(status) });
  });

  test.each([
    [429, '120', 120_000],
    [503, undefined, null],
    [500, 'soon', null],
    [408, '0', 0],
  ])('answers %i (Retry-After %s) is asked again', async (status, header, afterMs) => {
    await using server = await startWebServer(answerWith(status, header === undefined ? {} : { 'retry-after': header }));
    expect(await fetched(server.origin, [server.host])).toEqual({ retryable: 'http_error', afterMs });
  });

  test('gives a date to wait for', () => {
    const now = Date.UTC(2026, 10, 22, 12, 0, 0);
    expect(retryAfterMs('Sun, 22 Nov 2026 12:01:00 GMT', now)).toBe(60_000);
    expect(retryAfterMs('Sun, 22 Nov 2026 11:00:00 GMT', now)).toBe(0);
    expect(retryAfterMs('99999999', now)).toBe(86_400_000);
  });

  test('is not there, or hangs up in the middle, may be back later', async () => {
    const closed = createSocketServer();
    closed.listen(0, '127.0.0.1');
    await once(closed, 'listening');
    const address = closed.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    closed.close();
    await once(closed, 'close');
    expect(await fetched(`http://127.0.0.1:${port}/`, [`127.0.0.1:${port}`])).toEqual({ retryable: 'unreachable', afterMs: null });

    await using server = await startWebServer((_request, response) => {
      response.writeHead(200, { 'content-length': '1000' });
      response.write('half', () => {
        response.destroy();
      });
    });
    expect(await fetched(server.origin, [server.host])).toEqual({ retryable: 'unreachable', afterMs: null });
  });

  test('falls silent before or after its headers, or drips without end, is given up', async () => {
    await using silent = await startWebServer(() => {});
    expect(await fetched(silent.origin, [silent.host], { idleMs: 40 })).toEqual({ retryable: 'timed_out', afterMs: null });
    await using stalled = await startWebServer((_request, response) => {
      response.writeHead(200).write('a');
    });
    expect(await fetched(stalled.origin, [stalled.host], { idleMs: 40 })).toEqual({ retryable: 'timed_out', afterMs: null });
    await using dripping = await startWebServer((_request, response) => {
      const timer = setInterval(() => response.write('a'), 5);
      response.once('close', () => {
        clearInterval(timer);
      });
    });
    expect(await fetched(dripping.origin, [dripping.host], { totalMs: 80 })).toEqual({ retryable: 'timed_out', afterMs: null });
  });

  test('speaks no HTTP is final', async () => {
    const server = createSocketServer(socket => {
      socket.resume().end('SSH-2.0-none\r\n');
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const host = `127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
    expect(await fetched(`http://${host}/`, [host])).toMatchObject({ refused: 'http_error' });
    server.close();
    await once(server, 'close');
  });

  test('sends too much is cut off, said or unsaid', async () => {
    await using honest = await startWebServer(answerWith(200, { 'content-length': '2000' }, 'x'.repeat(2_000)));
    await using silent = await startWebServer((_request, response) => {
      response.write('x'.repeat(1_500));
      response.end('x'.repeat(500));
    });
    for (const server of [honest, silent])
      expect(await fetched(server.origin, [server.host], { bytes: 1_000 })).toEqual({
        refused: 'too_large',
        detail: 'more than 1000 bytes',
      });
  });

  test('sends a bomb, bytes that do not unpack, an unknown coding or nothing is refused', async () => {
    await using bomb = await startWebServer(
      answerWith(200, { 'content-encoding': 'gzip' }, gzipSync(Buffer.alloc(30_000_000), { level: 9 })),
    );
    expect(await fetched(bomb.origin, [bomb.host])).toMatchObject({ refused: 'zip_bomb' });
    await using broken = await startWebServer(answerWith(200, { 'content-encoding': 'gzip' }, 'this is not gzip'));
    expect(await fetched(broken.origin, [broken.host])).toMatchObject({ refused: 'damaged' });
    await using odd = await startWebServer(answerWith(200, { 'content-encoding': 'compress' }, 'x'));
    expect(await fetched(odd.origin, [odd.host])).toEqual({ refused: 'http_error', detail: 'content-encoding compress' });
    await using nothing = await startWebServer(answerWith(200, { 'content-encoding': 'deflate' }));
    expect(await fetched(nothing.origin, [nothing.host])).toMatchObject({ refused: 'empty' });
    await using empty = await startWebServer(answerWith(204, {}));
    expect(await fetched(empty.origin, [empty.host])).toEqual({ refused: 'empty', detail: null });
  });

  test('is left at once when the work is cancelled', async () => {
    const controller = new AbortController();
    await using server = await startWebServer((_request, response) => {
      response.writeHead(200).write('a', () => {
        controller.abort(new Error('cancelled by the person'));
      });
    });
    await using dir = await tempDir();
    const reading = fetchOriginal({ url: server.origin, allowedHosts: [server.host] }, dir.path, {
      signal: controller.signal,
      report: () => {},
    });
    await expect(reading).rejects.toThrow('cancelled by the person');
  });
});
