import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { cookieLifetimeMs, createBrowserCookies, createKeyFile, createKeyMemory } from './browser-cookies.ts';

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'konspekt-cookies-'));
});
afterEach(() => {
  rmSync(dataDir, { recursive: true, force: true });
});

const dayMs = 86_400_000;
const startMs = 1_800_000_000_000;

test('a cookie is good after a restart, on its own port alone', () => {
  const value = createBrowserCookies(createKeyFile(dataDir), () => startMs).issue(47_600);
  const restarted = createBrowserCookies(createKeyFile(dataDir), () => startMs + 1_000);
  expect(restarted.check(value, 47_600)).toBe('good');
  expect(restarted.check(value, 47_601)).toBeNull();
});

test('a changed or invented value is refused, and so is one of another folder', () => {
  const cookies = createBrowserCookies(createKeyMemory(), () => startMs);
  const value = cookies.issue(1);
  for (const wrong of [`z${value.slice(1)}`, `${value.slice(0, -2)}AA`, '', 'a.b.c', value.replaceAll('.', '')])
    expect(cookies.check(wrong, 1), wrong).toBeNull();
  expect(createBrowserCookies(createKeyMemory(), () => startMs).check(value, 1)).toBeNull();
});

test('a cookie ages, is good for its lifetime across a rotation, and then no more', () => {
  const memory = createKeyMemory();
  let nowMs = startMs;
  const cookies = createBrowserCookies(memory, () => nowMs);
  cookies.issue(1);
  nowMs += cookieLifetimeMs - dayMs;
  const late = cookies.issue(1);
  nowMs += 2 * dayMs;
  expect(cookies.check(late, 1)).toBe('ageing');
  // The month is over: new cookies have a new secret, and the one before still vouches for its own.
  const fresh = cookies.issue(1);
  expect(memory.read()).toHaveLength(2);
  expect(createBrowserCookies(memory, () => nowMs).check(late, 1)).toBe('ageing');
  nowMs += cookieLifetimeMs;
  expect(cookies.check(late, 1)).toBeNull();
  expect(cookies.check(fresh, 1)).toBe('ageing');
  nowMs += cookieLifetimeMs;
  expect(cookies.check(fresh, 1)).toBeNull();
});

test('the secrets are for the person alone, and a spoilt file is replaced', () => {
  const path = join(dataDir, 'browser-access.json');
  writeFileSync(path, '{"keys":');
  const cookies = createBrowserCookies(createKeyFile(dataDir), () => startMs);
  cookies.issue(1);
  expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ version: 1 });
  if (process.platform !== 'win32') expect(statSync(path).mode & 0o077).toBe(0);
});
