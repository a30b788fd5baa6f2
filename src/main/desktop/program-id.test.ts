import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { programId } from './program-id.ts';

const root = join(import.meta.dirname, '..', '..', '..');

test('the desktop entry that Electron names itself after on Linux bears the program’s id', () => {
  const { desktopName } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { desktopName?: string };
  expect(desktopName).toBe(`${programId}.desktop`);
});
