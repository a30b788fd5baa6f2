import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { windowBackground } from './window-background.ts';

test('the window is painted in the paper of the page', () => {
  const tokens = readFileSync(join(import.meta.dirname, '..', '..', 'renderer', 'styles', 'tokens.css'), 'utf8');
  const papers = [...tokens.matchAll(/color-scheme: (?<theme>light|dark);\s*--paper: (?<paper>#[0-9a-f]{6});/gu)].map(({ groups }) => [
    groups?.['theme'],
    groups?.['paper'],
  ]);
  expect(Object.fromEntries(papers)).toEqual(windowBackground);
});
