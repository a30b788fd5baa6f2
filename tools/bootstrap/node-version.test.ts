import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { nodeIsRecentEnough } from './node-version.mjs';

test.each([
  { node: '18.20.8', napi: '9', enough: false },
  { node: '20.20.2', napi: '9', enough: false },
  { node: '22.12.0', napi: '9', enough: false },
  { node: '22.17.1', napi: '10', enough: false },
  { node: '22.18.0', napi: '10', enough: true },
  { node: '24.0.0', napi: '10', enough: true },
  { node: '26.1.0', napi: '10', enough: true },
  // Another runtime may call itself Node 24 and lack the interface the database driver is built on.
  { node: '24.0.0', napi: '9', enough: false },
  { node: '24.0.0', napi: undefined, enough: false },
])('Node $node with Node-API $napi is recent enough: $enough', ({ node, napi, enough }) => {
  expect(nodeIsRecentEnough({ node, napi })).toBe(enough);
});

test('the Node that runs the tests is recent enough', () => {
  expect(nodeIsRecentEnough(process.versions)).toBe(true);
});

test('npm is told what the entry needs, not what the program brings for itself', () => {
  const read = (name: string) => JSON.parse(readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8')) as Record<string, unknown>;
  const needed = { node: '>=20' };
  expect(read('package.json')['engines']).toEqual(needed);
  expect(read('package-lock.json')['packages']).toMatchObject({ '': { engines: needed } });
});
