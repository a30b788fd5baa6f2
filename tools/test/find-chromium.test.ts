import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findChromium } from './find-chromium.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'konspekt-chromium-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const nowhere = (): string => join(folder, 'none');
const asked = (): never => {
  throw new Error('Playwright was asked although a browser is installed.');
};

function program(...parts: readonly string[]): string {
  const path = join(folder, ...parts);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, '#!/bin/sh\n', { mode: 0o755 });
  return path;
}

test('KONSPEKT_CHROMIUM wins, and one that is no program is named in the error', () => {
  const own = program('my-chromium');
  program('chromium');
  const places = { platform: 'linux', env: { KONSPEKT_CHROMIUM: own, PATH: folder }, playwrights: asked } as const;
  expect(findChromium(places)).toBe(own);
  chmodSync(own, 0o644);
  expect(() => findChromium(places)).toThrow(`KONSPEKT_CHROMIUM names "${own}", which is not an executable file`);
});

test('Chrome comes before Chromium, and what cannot be run is passed over', () => {
  const places = { platform: 'linux', env: { PATH: folder }, playwrights: asked } as const;
  const chromium = program('chromium');
  expect(findChromium(places)).toBe(chromium);
  const chrome = program('google-chrome');
  expect(findChromium(places)).toBe(chrome);
  chmodSync(chrome, 0o644);
  expect(findChromium(places)).toBe(chromium);
});

test('Windows has them in three folders', () => {
  const edge = program('x86', 'Microsoft', 'Edge', 'Application', 'msedge.exe');
  const env = { PROGRAMFILES: join(folder, 'programs'), 'PROGRAMFILES(X86)': join(folder, 'x86') };
  expect(findChromium({ platform: 'win32', env, playwrights: asked })).toBe(edge);
});

test('Playwright’s own is the last, where it was fetched', () => {
  const places = { platform: 'win32', env: {}, playwrights: nowhere } as const;
  expect(findChromium(places)).toBeUndefined();
  const own = program('playwright', 'chrome');
  expect(findChromium({ ...places, playwrights: () => own })).toBe(own);
});
