import { afterEach, describe, expect, test } from 'vitest';
import { providerId } from '../../../src/shared/domain/ids.ts';
import type { ModelConnection, ProviderKind } from '../../../src/shared/domain/provider.ts';
import { listModels } from '../../../src/workers/agent/providers/list-models.ts';
import { providerAsk } from '../../../src/workers/agent/providers/provider-ask.ts';
import { probeLocal } from '../../../src/workers/agent/providers/probe-local.ts';
import type { Script } from '../../support/scripted-models/script.ts';
import {
  startScriptedServer,
  type Flavour,
  type ScriptedServer,
  type ScriptedServerOptions,
} from '../../support/scripted-models/scripted-server.ts';

let server: ScriptedServer | null = null;
afterEach(async () => {
  await server?.close();
  server = null;
});
const answering: Script = [{ kind: 'answer', text: ' OK. ' }];
const models = [
  { id: 'small', contextTokens: 2_048 },
  { id: 'large', contextTokens: 131_072 },
];
async function start(options: Partial<ScriptedServerOptions> = {}): Promise<ScriptedServer> {
  server = await startScriptedServer({ script: answering, models, ...options });
  return server;
}
function connection(kind: ProviderKind, over: Partial<ModelConnection> = {}): ModelConnection {
  const id = providerId.parse('01920000-0000-7000-8000-000000000001');
  const baseUrl = server?.baseUrl ?? 'http://127.0.0.1:1/v1';
  return { providerId: id, kind, baseUrl, apiKey: null, modelId: 'small', contextTokens: 2_048, price: null, headers: {}, ...over };
}
const never = { signal: new AbortController().signal, charge: () => undefined };
function list(kind: ProviderKind, over: Partial<ModelConnection> = {}) {
  const { modelId: _model, contextTokens: _context, ...rest } = connection(kind, over);
  return providerAsk({ ask: 'models', connection: rest }, never);
}

describe('the models of an endpoint', () => {
  test.for<[Flavour, (number | null)[]]>([
    ['plain', [null, null]],
    ['open_router', [2_048, 131_072]],
    // What they work with unless told otherwise, not what the model could do.
    ['ollama', [2_048, 4_096]],
    ['lm_studio', [2_048, 4_096]],
    ['llama_cpp', [2_048, 2_048]],
  ])('of %s come with the sizes it tells', async ([flavour, sizes]) => {
    await start({ flavour });
    expect(await list('openai_compatible')).toEqual({
      ask: 'models',
      models: models.map(({ id }, at) => ({ id, contextTokens: sizes[at] })),
    });
  });

  test.for(['openai_compatible', 'openai', 'anthropic'] as const)('of %s are asked for with the key', async kind => {
    await start({ apiKey: 'k-123456' });
    await expect(list(kind)).rejects.toMatchObject({ code: 'unauthorized', retryable: false });
    expect(await list(kind, { apiKey: 'k-123456' })).toMatchObject({ models: [{ id: 'small' }, { id: 'large' }] });
  });

  test('an address that serves something else is said to be wrong', async () => {
    const { origin } = await start();
    await expect(list('openai_compatible', { baseUrl: `${origin}/elsewhere` })).rejects.toMatchObject({ code: 'wrong_address' });
  });

  test('an address that serves a page is said to be wrong', async () => {
    const page = async () => new Response('<html>Sign in</html>', { headers: { 'content-type': 'text/html' } });
    await expect(listModels(connection('openai_compatible'), never.signal, page)).rejects.toMatchObject({
      code: 'wrong_address',
      retryable: false,
    });
  });

  test('a server that is not there cannot be reached', async () => {
    const { baseUrl } = await start();
    await server?.close();
    await expect(list('openai_compatible', { baseUrl })).rejects.toMatchObject({ code: 'network', retryable: true });
  });
});

describe('a real call', () => {
  test.for(['openai_compatible', 'openai', 'anthropic'] as const)('of %s says what was answered', async kind => {
    await start();
    expect(await providerAsk({ ask: 'test', connection: connection(kind) }, never)).toMatchObject({ ask: 'test', result: { text: 'OK.' } });
    expect(server?.requests).toMatchObject([{ model: 'small', stream: true }]);
  });

  test('is one call, whatever comes', async () => {
    await start({
      script: [
        { kind: 'refusal', status: 503 },
        { kind: 'answer', text: 'late' },
      ],
    });
    await expect(providerAsk({ ask: 'test', connection: connection('openai_compatible') }, never)).rejects.toMatchObject({
      code: 'provider_error',
    });
    expect(server?.requests).toHaveLength(1);
  });

  test('is given up when the person leaves', async () => {
    const leave = new AbortController();
    await start({ script: [{ kind: 'hang' }], onRequest: () => leave.abort() });
    await expect(
      providerAsk({ ask: 'test', connection: connection('anthropic') }, { signal: leave.signal, charge: () => undefined }),
    ).rejects.toThrow(/abort/iu);
  });

  test('follows nobody to another place with the key', async () => {
    const other = await startScriptedServer({ script: answering });
    await start({ script: [{ kind: 'refusal', status: 307, location: `${other.baseUrl}/chat/completions` }] });
    await expect(
      providerAsk({ ask: 'test', connection: connection('openai_compatible', { apiKey: 'k-123456' }) }, never),
    ).rejects.toMatchObject({ code: 'wrong_address' });
    expect(other.paths).toEqual([]);
    await other.close();
  });
});

test('local programs are found where they answer', async () => {
  const { origin, baseUrl } = await start({ flavour: 'ollama' });
  const places = [
    { program: 'lm_studio', origin: 'http://127.0.0.1:1' },
    { program: 'ollama', origin },
  ] as const;
  expect(await probeLocal(places, never.signal)).toMatchObject([
    { program: 'ollama', baseUrl, models: [{ id: 'small' }, { id: 'large' }] },
  ]);
});
