// Where the desktop program keeps keys: in the system's keyring where there is one, and never in another way unasked.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { onStandIn } from '../../support/launch-desktop.ts';
import { createDesk, value, type Desk, type DesktopProgram } from './desktop-program.ts';

test.skip(!onStandIn, 'Which keyring there is can be said to the stand-in only.');

const key = 'sk-desktop-0123456789';
let desk: Desk;
test.beforeEach(() => {
  desk = createDesk();
});
test.afterEach(async () => {
  await desk.clear();
});

const save = ({ client }: DesktopProgram, acceptWeak: boolean) =>
  client.call('providers.save', {
    requestKey: crypto.randomUUID(),
    kind: 'openai_compatible',
    name: 'Local',
    baseUrl: 'http://127.0.0.1:1/v1',
    key: { is: 'new', value: key, acceptWeak },
  });
const secretsOf = async ({ client }: DesktopProgram) => value(await client.call('providers.list', {})).secrets;

test('the keyring keeps a key, across a restart', async () => {
  const env = { KONSPEKT_STANDIN_KEYRING: 'gnome_libsecret' };
  const first = await desk.start({ env });
  expect(await secretsOf(first)).toBe('strong');
  const { id } = value(await save(first, false));
  await first.quit();
  const file = readFileSync(join(desk.dataDir, 'secrets.json'), 'utf8');
  expect(JSON.parse(file)).toMatchObject({ entries: { [id]: { sealedBy: 'keyring' } } });
  expect(file).not.toContain('0123456789');

  const second = await desk.start({ env });
  value(await second.client.call('providers.choose', { role: 'chat', choice: { providerId: id, modelId: 'm' } }));
  // The gate opens the key: it can be read.
  expect(value(await second.client.call('providers.list', {})).answering).toMatchObject({ can: true });
  await second.quit();

  // Without the keyring it cannot, and that is said.
  const third = await desk.start();
  expect(value(await third.client.call('providers.list', {})).answering).toEqual({ can: false, reason: 'key_missing' });
});

test('without a keyring nothing is kept until that is accepted', async () => {
  const program = await desk.start();
  expect(await secretsOf(program)).toBe('weak');
  expect(await save(program, false)).toMatchObject({ ok: false, error: { code: 'secrets_weak' } });
  const { id } = value(await save(program, true));
  expect(JSON.parse(readFileSync(join(desk.dataDir, 'secrets.json'), 'utf8'))).toMatchObject({
    entries: { [id]: { sealedBy: 'key_file' } },
  });
});
