import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { tempFolder } from '../../../../test/support/temp-folder.ts';
import { createKeyFileSealer } from './key-file-sealer.ts';
import { createSecretFile } from './secret-file.ts';
import type { Sealer } from './secrets.ts';

let folder: ReturnType<typeof tempFolder>;
beforeEach(() => {
  folder = tempFolder();
});
afterEach(() => {
  folder.remove();
});
const secret = 'sk-тайна-0123456789';
const reversed: Sealer = {
  name: 'keyring',
  isThere: () => true,
  seal: text => Buffer.from(text).reverse(),
  open: sealed => Buffer.from(sealed).reverse().toString(),
};
const open = (keyring: Sealer | null = null) => createSecretFile(folder.path, { keyring, keyFile: createKeyFileSealer(folder.path) });

test('keeps a secret across restarts, and no file holds it', () => {
  open().write('a', secret, { acceptWeak: true });
  expect(open().read('a')).toBe(secret);
  for (const name of ['secrets.json', 'secrets.key']) {
    expect(readFileSync(join(folder.path, name), 'utf8')).not.toContain('0123456789');
    expect(statSync(join(folder.path, name)).mode & 0o777).toBe(0o600);
  }
});

test('never falls back to weak protection that nobody accepted', () => {
  expect(open().state()).toBe('weak');
  expect(() => open().write('a', secret, { acceptWeak: false })).toThrow(expect.objectContaining({ code: 'secrets_weak' }));
  expect(open().has('a')).toBe(false);
});

test('a keyring is taken where there is one; a host without it cannot open what it sealed, and keeps it', () => {
  const desktop = open(reversed);
  expect(desktop.state()).toBe('strong');
  desktop.write('a', secret, { acceptWeak: false });
  const headless = open();
  expect([headless.has('a'), headless.read('a')]).toEqual([true, null]);
  headless.write('b', 'other', { acceptWeak: true });
  expect([desktop.read('a'), desktop.read('b')]).toEqual([secret, 'other']);
});

test('a key file that is damaged makes it unavailable and is not replaced', () => {
  open().write('a', secret, { acceptWeak: true });
  writeFileSync(join(folder.path, 'secrets.key'), 'short');
  expect([open().state(), open().read('a')]).toEqual(['unavailable', null]);
  expect(() => open().write('b', 'x', { acceptWeak: true })).toThrow(expect.objectContaining({ code: 'secrets_unavailable' }));
});

test('a seal that was touched does not open', () => {
  open().write('a', secret, { acceptWeak: true });
  const file = join(folder.path, 'secrets.json');
  const text = JSON.parse(readFileSync(file, 'utf8')) as { entries: { a: { sealed: string } } };
  const bytes = Buffer.from(text.entries.a.sealed, 'base64');
  bytes[bytes.length - 1] = (bytes[bytes.length - 1] ?? 0) ^ 1;
  text.entries.a.sealed = bytes.toString('base64');
  writeFileSync(file, JSON.stringify(text));
  expect(open().read('a')).toBeNull();
});

test('forgets what is removed and what belongs to nothing', () => {
  for (const id of ['a', 'b', 'c']) open().write(id, id, { acceptWeak: true });
  open().remove('a');
  open().keepOnly(new Set(['c']));
  expect(['a', 'b', 'c'].map(id => open().has(id))).toEqual([false, false, true]);
});
