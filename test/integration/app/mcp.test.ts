// MCP servers through the whole program: saved, tested by a real worker, and what an agent is given of them.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CallInput } from '../../../src/shared/contract/contract.ts';
import { serverScript } from '../../support/mcp/http-server.ts';
import { openTestApp, type TestApp } from '../../support/open-test-app.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const secret = 'token-integration-0123456789';
const hostile = createRequire(import.meta.url).resolve('../../support/mcp/hostile-server.ts');
type Transport = CallInput<'mcp.save'>['transport'];
const program = (...args: string[]): Transport => ({
  kind: 'stdio',
  command: process.execPath,
  args,
  env: [{ name: 'TOKEN', value: secret }],
});

let folder: ReturnType<typeof tempFolder>;
let app: TestApp;
beforeEach(() => {
  folder = tempFolder();
  app = openTestApp(folder.path);
});
afterEach(async () => {
  await app.close();
  folder.remove();
});

const save = (over: Partial<CallInput<'mcp.save'>> = {}) =>
  app.client.call('mcp.save', {
    requestKey: crypto.randomUUID(),
    name: 'tools',
    transport: program(serverScript('everything')),
    acceptWeak: true,
    ...over,
  });
async function saved(over: Partial<CallInput<'mcp.save'>> = {}) {
  const result = await save(over);
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
}
async function list() {
  const result = await app.client.call('mcp.list', {});
  if (!result.ok) throw new Error(result.error.code);
  return result.value.servers;
}
function everyByte(path: string): string {
  return readdirSync(path)
    .map(name => join(path, name))
    .map(file => (statSync(file).isDirectory() ? everyByte(file) : readFileSync(file).toString('latin1')))
    .join('\n');
}

test('a server is added, tested, marked, and there after a restart; no file and no answer holds its values', async () => {
  const server = await saved();
  expect(server).toMatchObject({ isLocked: false, agents: ['assistant'], tools: [], testedAtMs: null, transport: { env: ['TOKEN'] } });
  const tested = await app.client.call('mcp.test', { serverId: server.id });
  if (!tested.ok || !tested.value.works) throw new Error(JSON.stringify(tested));
  expect(tested.value.server.tools.map(({ name }) => name)).toContain('echo');
  await app.client.call('mcp.choose', { serverId: server.id, harmlessTools: ['echo', 'no-such-tool'], agents: ['analyst', 'assistant'] });
  await app.close();
  app = openTestApp(folder.path);
  const [again] = await list();
  expect(again).toMatchObject({ id: server.id, agents: ['analyst', 'assistant'], isLocked: false });
  expect(again?.tools.filter(({ isHarmless }) => isHarmless).map(({ name }) => name)).toEqual(['echo']);
  expect(await app.client.call('mcp.test', { serverId: server.id })).toMatchObject({ ok: true, value: { works: true, unmarked: [] } });
  expect(JSON.stringify(await list()) + JSON.stringify(tested) + everyByte(folder.path)).not.toContain('0123456789');
});

test('what does not work is told with its last words, without its values', async () => {
  const { id } = await saved({ transport: program(hostile, 'dies_at_once') });
  expect(await app.client.call('mcp.test', { serverId: id })).toEqual({
    ok: true,
    value: { works: false, failure: 'ended', detail: expect.stringContaining('no such thing') },
  });
  expect((await list())[0]?.testedAtMs).toBeNull();
});

test('a tool that has become another asks again', async () => {
  const inMood = (value: string): Transport => ({
    kind: 'stdio',
    command: process.execPath,
    args: [hostile, 'changes_tools'],
    env: [{ name: 'MOOD', value }],
  });
  const { id } = await saved({ transport: inMood('well') });
  await app.client.call('mcp.test', { serverId: id });
  await app.client.call('mcp.choose', { serverId: id, harmlessTools: ['look', 'hidden'] });
  await saved({ serverId: id, transport: inMood('later') });
  const changed = await app.client.call('mcp.test', { serverId: id });
  expect(changed).toMatchObject({ ok: true, value: { works: true, unmarked: ['look'] } });
  expect((await list())[0]?.tools.map(({ isHarmless }) => isHarmless)).toEqual([false, true]);
  // The same command with other arguments is another program: nothing of what was seen stays.
  await saved({ serverId: id, transport: program(hostile, 'changes_tools', 'more') });
  expect((await list())[0]).toMatchObject({ tools: [], testedAtMs: null });
  await app.client.call('mcp.test', { serverId: id });
  expect((await list())[0]?.tools.map(({ isHarmless }) => isHarmless)).toEqual([false, false]);
});

test('values do not go along to another program or server, and stay with theirs', async () => {
  const { id } = await saved();
  const kept = [{ name: 'TOKEN', value: null }];
  const [view] = await list();
  if (view?.transport.kind !== 'stdio') throw new Error('It runs a program.');
  const same: Transport = { kind: 'stdio', command: view.transport.command, args: view.transport.args, env: kept };
  expect(await save({ serverId: id, transport: same })).toMatchObject({ ok: true, value: { isLocked: false } });
  // With npx and its like the arguments say which program it is.
  expect(await save({ serverId: id, transport: { ...same, args: ['--version'] } })).toMatchObject({
    ok: false,
    error: { code: 'value_missing' },
  });
  expect(await save({ serverId: id, transport: { ...same, command: '/bin/evil' } })).toMatchObject({
    ok: false,
    error: { code: 'value_missing' },
  });
  const { id: remote } = await saved({
    name: 'remote',
    transport: { kind: 'http', url: 'https://mcp.example.org/a', headers: [{ name: 'Authorization', value: secret }] },
  });
  const headers = [{ name: 'authorization', value: null }];
  expect(
    await save({ serverId: remote, name: 'remote', transport: { kind: 'http', url: 'https://mcp.example.org/b', headers } }),
  ).toMatchObject({
    ok: true,
  });
  expect(
    await save({ serverId: remote, name: 'remote', transport: { kind: 'http', url: 'https://evil.example.org/b', headers } }),
  ).toMatchObject({
    ok: false,
    error: { code: 'value_missing' },
  });
});

test('what cannot be is refused with its code, and nothing is kept', async () => {
  const http = (url: string, value: string | null = null): Transport => ({
    kind: 'http',
    url,
    headers: value === null ? [] : [{ name: 'x-key', value }],
  });
  const refused = [
    [{ transport: http('not an address') }, 'not_an_address'],
    [{ transport: http('file:///etc/passwd') }, 'not_http'],
    [{ transport: http('http://169.254.169.254/mcp') }, 'forbidden_address'],
    [{ transport: http('http://mcp.example.org/mcp', secret) }, 'key_in_the_clear'],
    [{ transport: program('x'), acceptWeak: false }, 'secrets_weak'],
    [{ name: 'Имя' }, 'bad_request'],
    [{ transport: { kind: 'stdio', command: 'x', args: [], env: [{ name: 'A=B', value: '1' }] } }, 'bad_request'],
    [{ transport: http('https://mcp.example.org/mcp', 'a\r\nb: c') }, 'bad_request'],
  ] satisfies [Partial<CallInput<'mcp.save'>>, string][];
  for (const [over, code] of refused) expect(await save(over), code).toMatchObject({ ok: false, error: { code } });
  await saved();
  expect(await save()).toMatchObject({ ok: false, error: { code: 'name_taken' } });
  const requestKey = crypto.randomUUID();
  const [first, second] = [await saved({ requestKey, name: 'once' }), await saved({ requestKey, name: 'once' })];
  expect(second.id).toBe(first.id);
  expect(await list()).toHaveLength(2);
});

test('a server that is gone takes its values along', async () => {
  const { id } = await saved();
  expect(await app.client.call('mcp.remove', { serverId: id })).toMatchObject({ ok: true });
  expect(await list()).toEqual([]);
  expect(readFileSync(join(folder.path, 'secrets.json'), 'utf8')).toBe('{"version":1,"entries":{}}');
});
