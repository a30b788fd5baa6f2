import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findChromium } from './find-chromium.ts';

test('KONSPEKT_CHROMIUM wins, and a wrong one is named in the error', () => {
  const folder = mkdtempSync(join(tmpdir(), 'konspekt-chromium-'));
  const own = join(folder, 'my-chromium');
  writeFileSync(own, '#!/bin/sh\n');
  expect(() => findChromium({ KONSPEKT_CHROMIUM: own, PATH: '' })).toThrow(
    `KONSPEKT_CHROMIUM names '${own}', which is not an executable file`,
  );
  chmodSync(own, 0o755);
  expect(findChromium({ KONSPEKT_CHROMIUM: own, PATH: '' })).toBe(own);
  rmSync(folder, { recursive: true });
});
