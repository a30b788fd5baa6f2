import { afterEach, describe, expect, test } from 'vitest';
import type { Script } from './script.ts';
import { startScriptedServer, type ScriptedServer, type ScriptedServerOptions } from './scripted-server.ts';

let server: ScriptedServer | null = null;
afterEach(async () => {
  await server?.close();
  server = null;
});
async function start(script: Script, options: Omit<ScriptedServerOptions, 'script'> = {}): Promise<ScriptedServer> {
  server = await startScriptedServer({ script, ...options });
  return server;
}
function ask(path: string, body?: object, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${server?.origin}${path}`, {
    headers: { 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
  });
}
const question = { model: 'scripted', stream: true, messages: [{ role: 'user', content: 'Где журнал?' }] };

describe('both wires', () => {
  test.for([
    ['/v1/chat/completions', 'data: [DONE]\n\n'],
    ['/v1/messages', 'event: message_stop\ndata: {"type":"message_stop"}\n\n'],
  ])('%s streams, and ends with its last event', async ([path = '', last = '']) => {
    await start(({ lastText }) => ({ kind: 'answer', text: lastText, delivery: { chunkBytes: 3 } }));
    const text = await (await ask(path, question)).text();
    expect(text.endsWith(last)).toBe(true);
    expect(text).toContain('Где ');
    expect(server?.requests).toMatchObject([{ model: 'scripted', stream: true, lastText: 'Где журнал?', number: 1 }]);
  });

  test('answer whole when they are not asked to stream', async () => {
    await start([{ kind: 'answer', text: 'Да', toolCalls: [{ id: 'c1', name: 'find', input: { q: 1 } }] }]);
    const asked = { ...question, stream: false };
    expect(await (await ask('/v1/chat/completions', asked)).json()).toMatchObject({
      choices: [{ finish_reason: 'tool_calls', message: { content: 'Да', tool_calls: [{ function: { name: 'find' } }] } }],
    });
    expect(await (await ask('/v1/messages', asked)).json()).toMatchObject({
      stop_reason: 'tool_use',
      content: [{ text: 'Да' }, { name: 'find', input: { q: 1 } }],
    });
  });
});

test('cuts a body where it is told, cleanly or not', async () => {
  await start([
    { kind: 'answer', text: 'Да', delivery: { cutAfterBytes: 20 } },
    { kind: 'answer', text: 'Да', delivery: { cutAfterBytes: 20, cut: 'reset' } },
  ]);
  expect(await (await ask('/v1/chat/completions', question)).text()).toHaveLength(20);
  await expect(ask('/v1/chat/completions', question).then(response => response.text())).rejects.toThrow(TypeError);
});

test('refuses with a time to wait, then answers', async () => {
  await start([
    { kind: 'refusal', status: 429, retryAfter: '7' },
    { kind: 'answer', text: 'Да' },
  ]);
  const refused = await ask('/v1/chat/completions', question);
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '7']);
  expect((await ask('/v1/chat/completions', question)).status).toBe(200);
});

test('hangs until the other side leaves', async () => {
  await start([{ kind: 'hang' }]);
  const leave = new AbortController();
  const asked = fetch(`${server?.origin}/v1/messages`, { method: 'POST', body: JSON.stringify(question), signal: leave.signal });
  leave.abort();
  await expect(asked).rejects.toThrow('aborted');
});

test('wants the key it was given', async () => {
  await start([{ kind: 'answer', text: 'Да' }], { apiKey: 'k' });
  expect((await ask('/v1/models')).status).toBe(401);
  expect((await ask('/v1/models', undefined, { authorization: 'Bearer k' })).status).toBe(200);
  expect((await ask('/v1/messages', question, { 'x-api-key': 'k' })).status).toBe(200);
});

test('looks like the local programs', async () => {
  await start([{ kind: 'hang' }], { flavour: 'ollama', models: [{ id: 'tiny', contextTokens: 8_192 }] });
  expect(await (await ask('/api/version')).json()).toEqual({ version: '0.99.0' });
  expect(await (await ask('/api/show', { model: 'tiny' })).json()).toMatchObject({ model_info: { 'scripted.context_length': 8_192 } });
  expect((await ask('/api/v0/models')).status).toBe(404);
});
