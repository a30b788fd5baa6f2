import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readLayerTable, renderLayerTable } from './layer-table.ts';

test('docs/ARCHITECTURE.md carries the table the linter enforces (after a change: node tools/lint/layer-table.ts)', () => {
  const document = readFileSync(new URL('../../docs/ARCHITECTURE.md', import.meta.url), 'utf8');
  expect(readLayerTable(document)).toBe(renderLayerTable());
});

test('a document without the markers is refused', () => {
  expect(() => readLayerTable('# Architecture\n')).toThrow('needs the markers');
});
