import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { MAIN_ENTRIES } from '../../tools/build/entries.ts';

const bundles = fileURLToPath(new URL('../../out/main', import.meta.url));

/** Every specifier a bundle names, in static and dynamic imports. */
const specifiersIn = (code: string): readonly string[] =>
  [...code.matchAll(/(?:\bfrom|\bimport|\bimport\(|\brequire\()\s*["']([^"'\n]+)["']/g)].map(([, specifier]) => specifier ?? '');

/** The packages a bundle reaches, through all of its chunks. */
const packagesReached = (entry: string): ReadonlySet<string> => {
  const packages = new Set<string>();
  const seen = new Set<string>();
  const visit = (file: string): void => {
    if (seen.has(file) || !existsSync(file)) return;
    seen.add(file);
    for (const specifier of specifiersIn(readFileSync(file, 'utf8'))) {
      if (specifier.startsWith('.')) visit(join(dirname(file), specifier));
      else packages.add(specifier);
    }
  };
  visit(join(bundles, `${entry}.js`));
  return packages;
};

const entries = Object.keys(MAIN_ENTRIES);

test.each(entries)('%s is built', entry => {
  expect(existsSync(join(bundles, `${entry}.js`))).toBe(true);
});

test('the window is what starts Electron', () => {
  expect(packagesReached('index')).toContain('electron');
});

test.each(entries.filter(entry => entry !== 'index'))('%s reaches nothing of Electron', entry => {
  const reached = [...packagesReached(entry)].filter(
    name => name === 'electron' || name.startsWith('electron/') || name === 'electron-store',
  );
  expect(reached).toEqual([]);
});

/** Makes decks of cards, which are databases, in memory; it is told of no path of ours that is one. */
const makesDecks = 'worker-files';
test.each(entries.filter(entry => entry.startsWith('worker-') && entry !== makesDecks))('%s does not open the database', entry => {
  expect([...packagesReached(entry)]).not.toContain('better-sqlite3');
});
