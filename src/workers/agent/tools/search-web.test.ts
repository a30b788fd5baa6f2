import type { RequestListener } from 'node:http';
import { describe, expect, test } from 'vitest';
import { agentToolContext } from '../../../../test/support/agent-tool-context.ts';
import { startWebServer } from '../../../../test/support/documents/web-server.ts';
import type { WebSearchConnection } from '../../../shared/domain/web-search.ts';
import { askSearch, SearchFailure } from '../search/ask-search.ts';
import { testSearch } from '../search/test-search.ts';
import { searchWeb } from './search-web.ts';

const answers =
  (body: unknown, status = 200, headers: Record<string, string> = {}): RequestListener =>
  (_, response) => {
    response
      .writeHead(status, { 'content-type': 'application/json', ...headers })
      .end(typeof body === 'string' ? body : JSON.stringify(body));
  };
const searxng = (results: readonly unknown[]) => ({ query: 'q', number_of_results: 0, results });
const brave = (results: readonly unknown[]) => ({ type: 'search', web: { type: 'search', results } });
const results = [
  { url: 'https://a.example/1', title: 'One &amp; <b>two</b>', content: 'First\nlines', description: 'First\nlines' },
  { url: 'https://a.example/1', title: 'Again' },
  { url: 'javascript:alert(1)', title: 'Bad' },
  { url: 'https://me:pw@a.example/', title: 'Bad too' },
  { title: 'No address' },
  { url: 'https://b.example/', title: null, content: null },
];

describe('both wires', () => {
  test('SearXNG is asked for JSON, and what it found is cleaned', async () => {
    await using server = await startWebServer(answers(searxng(results)));
    const { text, isError } = await searchWeb.run(
      { query: 'пчёлы & мёд', count: 8 },
      agentToolContext({ reach: { webSearch: { kind: 'searxng', url: `${server.origin}/searx`, apiKey: null } } }),
    );
    expect(isError).toBeUndefined();
    expect(text).toBe('1. One & two\n   <https://a.example/1>\n   First lines\n2. b.example\n   <https://b.example/>');
    const [path = ''] = server.seen;
    const url = new URL(path, server.origin);
    expect(url.pathname).toBe('/searx/search');
    expect(Object.fromEntries(url.searchParams)).toEqual({ q: 'пчёлы & мёд', format: 'json' });
  });

  test('Brave is given its key in its header alone', async () => {
    const headers: (string | string[] | undefined)[] = [];
    await using server = await startWebServer((request, response) => {
      headers.push(request.headers['x-subscription-token'], request.headers.authorization);
      answers(brave(results))(request, response);
    });
    const found = await askSearch({ kind: 'brave', url: server.origin, apiKey: 'BSA-key' }, 'bees', { signal: AbortSignal.timeout(5_000) });
    expect(found.map(({ url }) => url)).toEqual(['https://a.example/1', 'https://b.example/']);
    expect(headers).toEqual(['BSA-key', undefined]);
    expect(server.seen[0]).toMatch(/^\/res\/v1\/web\/search\?q=bees&/u);
    expect(server.seen[0]).not.toContain('BSA');
  });

  test('nothing found is no failure, and the test of the settings tells what came', async () => {
    await using none = await startWebServer(answers({ type: 'search' }));
    await using some = await startWebServer(answers(searxng(results)));
    const context = agentToolContext({ reach: { webSearch: { kind: 'brave', url: none.origin, apiKey: 'k' } }, language: 'ru' });
    expect(await searchWeb.run({ query: 'ъъъ', count: 8 }, context)).toEqual({
      text: 'По запросу «ъъъ» ничего не нашлось. Попробуйте другие слова.',
    });
    expect(await testSearch({ kind: 'searxng', url: some.origin, apiKey: null }, AbortSignal.timeout(5_000))).toMatchObject({
      count: 2,
      firstTitle: 'One & two',
    });
  });
});

describe('failures have their code', () => {
  const failure = async (connection: WebSearchConnection, timeLimitMs = 5_000) => {
    const error: unknown = await askSearch(connection, 'q', { signal: new AbortController().signal, timeLimitMs }).catch((e: unknown) => e);
    if (!(error instanceof SearchFailure)) throw error;
    return { code: error.code, retryable: error.retryable, afterMs: error.retryAfterMs };
  };
  test.each([
    ['searxng', answers('', 403), 'search_no_json', false],
    ['brave', answers('', 403), 'search_unauthorized', false],
    ['brave', answers({ type: 'ErrorResponse' }, 422), 'search_unauthorized', false],
    ['searxng', answers('', 401), 'search_unauthorized', false],
    ['brave', answers('', 402), 'search_limited', true],
    ['searxng', answers('', 404), 'search_wrong_address', false],
    ['searxng', answers('', 302, { location: 'http://127.0.0.1:1/' }), 'search_wrong_address', false],
    ['searxng', answers('', 503), 'search_failed', true],
    ['searxng', answers('<!doctype html><p>hello'), 'search_bad_answer', false],
    ['searxng', answers(brave(results)), 'search_bad_answer', false],
    ['brave', answers(searxng(results)), 'search_bad_answer', false],
    ['searxng', answers('['.repeat(5_000_000)), 'search_bad_answer', false],
    ['searxng', request => request.socket.destroy(), 'search_network', true],
  ] as [WebSearchConnection['kind'], RequestListener, string, boolean][])('%s %#: %o %s', async (kind, answer, code, retryable) => {
    await using server = await startWebServer(answer);
    expect(await failure({ kind, url: server.origin, apiKey: 'secret-key' })).toMatchObject({ code, retryable });
    expect(server.seen).toHaveLength(1);
  });

  test('a busy service says for how long, a silent one is left, and none is told as such', async () => {
    await using busy = await startWebServer(answers('', 429, { 'retry-after': '7' }));
    await using silent = await startWebServer(() => undefined);
    expect(await failure({ kind: 'brave', url: busy.origin, apiKey: 'k' })).toEqual({
      code: 'search_limited',
      retryable: true,
      afterMs: 7_000,
    });
    expect(await failure({ kind: 'brave', url: silent.origin, apiKey: 'k' }, 150)).toMatchObject({ code: 'search_timeout' });
    expect(await failure({ kind: 'searxng', url: 'http://127.0.0.1:1', apiKey: null })).toMatchObject({ code: 'search_network' });
  });

  test('the model is told in the language of its job; a stop is no result', async () => {
    const stop = new AbortController();
    await using server = await startWebServer((_, response) => {
      if (server.seen.length === 1) response.writeHead(401).end();
      else stop.abort(new Error('stopped'));
    });
    const context = agentToolContext({
      reach: { webSearch: { kind: 'brave', url: server.origin, apiKey: 'k' } },
      language: 'ru',
      signal: stop.signal,
    });
    expect(await searchWeb.run({ query: 'q', count: 1 }, context)).toEqual({
      isError: true,
      text: 'search_unauthorized: Поисковая служба не приняла ключ. Проверьте ключ и введите его заново.',
    });
    await expect(searchWeb.run({ query: 'q', count: 1 }, context)).rejects.toThrow('stopped');
    expect(await searchWeb.run({ query: 'q', count: 1 }, agentToolContext())).toMatchObject({ isError: true });
  });
});

describe('a person is asked first', () => {
  const asksFirst = (query: string, read: string | null) =>
    searchWeb.asksFirst?.(
      { query, count: 8 },
      {
        ...agentToolContext({ reach: { webSearch: { kind: 'brave', url: 'https://s.example', apiKey: 'k' } } }),
        results: new Map(read === null ? [] : [['r1.1', { tool: 'read_document', callId: 'c', isError: false, text: read }]]),
      },
    );

  test('for words of their own texts, and for a long query', () => {
    expect(asksFirst('canary-7 password', 'The password is canary-7.')).toMatchObject({ destination: 'https://s.example' });
    expect(asksFirst('x'.repeat(101), null)).toMatchObject({ destination: 'https://s.example' });
  });

  test('and not for others', () => {
    expect(asksFirst('honey bees', 'The password is canary-7.')).toBeNull();
    expect(asksFirst('honey bees', null)).toBeNull();
  });
});
