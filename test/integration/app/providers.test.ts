import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CallInput } from '../../../src/shared/contract/contract.ts';
import { defaultUsage } from '../../support/scripted-models/script.ts';
import { startScriptedServer, type ScriptedServer } from '../../support/scripted-models/scripted-server.ts';
import { openTestApp, type TestApp } from '../../support/open-test-app.ts';
import { tempFolder } from '../../support/temp-folder.ts';

/** Nobody listens there. */
const nobody = 'http://127.0.0.1:1';
const key = 'sk-integration-0123456789';

let folder: ReturnType<typeof tempFolder>;
let server: ScriptedServer;
let program: TestApp;
beforeEach(async () => {
  folder = tempFolder();
  server = await startScriptedServer({ script: [{ kind: 'answer', text: 'OK' }], flavour: 'llama_cpp', apiKey: key });
  open();
});
afterEach(async () => {
  await program.close();
  await server.close();
  folder.remove();
});
function open(): void {
  program = openTestApp(folder.path, { localPrograms: { ollama: server.origin, lm_studio: nobody } });
}

async function save(over: Partial<CallInput<'providers.save'>> = {}) {
  return program.client.call('providers.save', {
    requestKey: crypto.randomUUID(),
    kind: 'openai_compatible',
    name: 'Local',
    baseUrl: `${server.baseUrl}/`,
    key: { is: 'new', value: key, acceptWeak: true },
    ...over,
  });
}
async function saved(over: Partial<CallInput<'providers.save'>> = {}) {
  const result = await save(over);
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
}
async function list() {
  const result = await program.client.call('providers.list', {});
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
}
function everyByte(path: string): string {
  return readdirSync(path)
    .map(name => join(path, name))
    .map(file => (statSync(file).isDirectory() ? everyByte(file) : readFileSync(file).toString('latin1')))
    .join('\n');
}

test('from nothing to an answering model, across a restart, and no file holds the key', async () => {
  expect(await list()).toMatchObject({ providers: [], answering: { can: false, reason: 'no_provider' }, secrets: 'weak' });
  const provider = await saved();
  expect(provider).toMatchObject({ baseUrl: server.baseUrl, hasKey: true, models: [], modelsSeenAtMs: null });
  expect((await list()).answering).toEqual({ can: false, reason: 'no_model' });
  expect(await program.client.call('providers.models', { providerId: provider.id })).toMatchObject({
    ok: true,
    value: { models: [{ id: 'scripted', contextTokens: 32_768 }] },
  });
  expect(await program.client.call('providers.test', { providerId: provider.id, modelId: 'scripted' })).toMatchObject({
    ok: true,
    value: { text: 'OK' },
  });
  // Trying a model costs what any other call of it costs.
  const limits = { tokens: 1_000_000, moneyMinor: null, steps: null, wallMs: null };
  for (const budget of [
    { scope: 'program', subject: '', period: 'ever', limits },
    { scope: 'provider', subject: provider.id, period: 'day', limits },
  ] as const)
    expect(await program.client.call('budgets.set', { budget })).toMatchObject({
      ok: true,
      value: { budget: { spent: { tokens: defaultUsage.input + defaultUsage.output, moneyMinor: 0 } } },
    });
  await program.client.call('providers.choose', { role: 'chat', choice: { providerId: provider.id, modelId: 'scripted' } });
  await program.close();
  open();
  expect(await list()).toMatchObject({
    providers: [{ id: provider.id, hasKey: true }],
    choices: { chat: { modelId: 'scripted', contextTokens: 32_768 } },
    answering: { can: true, provider: 'Local', modelId: 'scripted' },
  });
  expect(await program.client.call('providers.test', { providerId: provider.id, modelId: 'scripted' })).toMatchObject({ ok: true });
  expect(JSON.stringify(await list())).not.toContain('0123456789');
  expect(everyByte(folder.path)).not.toContain('0123456789');
  expect(await program.client.call('jobs.list', {})).toMatchObject({ ok: true, value: { jobs: [] } });
});

describe('what cannot be', () => {
  test('is refused with its code, and nothing is kept', async () => {
    const refused = [
      [{ baseUrl: 'not an address' }, 'not_an_address'],
      [{ baseUrl: 'file:///etc/passwd' }, 'not_http'],
      [{ baseUrl: 'http://169.254.169.254/v1' }, 'forbidden_address'],
      [{ baseUrl: 'http://models.example.com/v1' }, 'key_in_the_clear'],
      [{ baseUrl: 'http://me:secret@127.0.0.1/v1' }, 'has_credentials'],
      [{ baseUrl: 'http://127.0.0.1/v1?key=secret' }, 'has_query'],
      [{ key: { is: 'new', value: key } }, 'secrets_weak'],
    ] as const;
    for (const [over, code] of refused) expect(await save(over), code).toMatchObject({ ok: false, error: { code } });
    expect((await list()).providers).toEqual([]);
    expect(everyByte(folder.path)).not.toContain('0123456789');
  });

  test('a key does not go along to another address', async () => {
    const { id } = await saved();
    expect(await save({ providerId: id, baseUrl: nobody, key: { is: 'kept' } })).toMatchObject({
      ok: false,
      error: { code: 'key_for_another_address' },
    });
    expect(await save({ providerId: id, baseUrl: `${server.origin}/other`, key: { is: 'kept' } })).toMatchObject({ ok: true });
    expect(await save({ providerId: id, baseUrl: nobody, key: { is: 'removed' } })).toMatchObject({ ok: true, value: { hasKey: false } });
  });
});

test('the same click twice adds one provider', async () => {
  const requestKey = crypto.randomUUID();
  const [first, second] = [await saved({ requestKey }), await saved({ requestKey })];
  expect(second.id).toBe(first.id);
  expect((await list()).providers).toHaveLength(1);
});

test.for([
  ['openai_compatible', 4_096],
  ['openai', 128_000],
  ['anthropic', 200_000],
  ['google', 128_000],
] as const)('a model of %s whose size nobody has told is taken for one of %i tokens', async ([kind, contextTokens]) => {
  const { id: providerId } = await saved({ kind, baseUrl: nobody });
  const chosen = await program.client.call('providers.choose', { role: 'chat', choice: { providerId, modelId: 'm', contextTokens: null } });
  expect(chosen).toMatchObject({ ok: true, value: { chat: { modelId: 'm', contextTokens } } });
});

test('a provider that is gone takes its key and its choices along', async () => {
  const { id } = await saved();
  await program.client.call('providers.choose', { role: 'chat', choice: { providerId: id, modelId: 'm' } });
  expect(await program.client.call('providers.remove', { providerId: id })).toMatchObject({ ok: true });
  expect(await list()).toMatchObject({ providers: [], choices: {} });
  expect(readFileSync(join(folder.path, 'secrets.json'), 'utf8')).toBe('{"version":1,"entries":{}}');
});

test('what the provider refuses is said with its code, also while the queue is paused', async () => {
  await program.client.call('app.setPaused', { paused: true });
  const { id } = await saved({ key: { is: 'removed' } });
  expect(await program.client.call('providers.models', { providerId: id })).toMatchObject({ ok: false, error: { code: 'unauthorized' } });
  await saved({ providerId: id });
  server.setScript([{ kind: 'refusal', status: 404, error: { message: 'model "x" not found' } }]);
  expect(await program.client.call('providers.test', { providerId: id, modelId: 'x' })).toMatchObject({
    ok: false,
    error: { code: 'model_not_found' },
  });
  await server.close();
  expect(await program.client.call('providers.test', { providerId: id, modelId: 'x' })).toMatchObject({
    ok: false,
    error: { code: 'network' },
  });
});

test('a program of this machine is found until it is among the providers', async () => {
  await server.close();
  server = await startScriptedServer({ script: [{ kind: 'hang' }], flavour: 'ollama', models: [{ id: 'tiny', contextTokens: 8_192 }] });
  await program.close();
  open();
  const found = { program: 'ollama', baseUrl: server.baseUrl, models: [{ id: 'tiny', contextTokens: 4_096 }] };
  expect(await program.client.call('providers.probe', {})).toEqual({ ok: true, value: { found: [found] } });
  await saved({ baseUrl: server.baseUrl, key: { is: 'removed' } });
  expect(await program.client.call('providers.probe', {})).toEqual({ ok: true, value: { found: [] } });
});
