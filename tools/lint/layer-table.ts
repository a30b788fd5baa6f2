import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Layer, layers, reservedPackages } from './layers.ts';
import { startedDirectly } from '../bootstrap/started-directly.mjs';

/** The markers in docs/ARCHITECTURE.md the table stands between. */
const START = '<!-- layers -->';
const END = '<!-- /layers -->';

const code = (name: string): string => `\`${name}\``;

const mayImport = (layer: Layer): string => {
  const parts = [
    ...layer.imports.map(code),
    ...layer.typesFrom.map(name => `types of ${code(name)}`),
    ...(layer.node ? [code('node:*')] : []),
    ...(layer.packages === 'any' ? ['packages'] : layer.packages.filter(name => name !== 'electron').map(code)),
  ];
  return parts.join(', ');
};

/** The layer table as Markdown, one row per layer in the order of the data. */
export const renderLayerTable = (): string => {
  const rows = layers.map(layer => {
    const electron = reservedPackages['electron']?.includes(layer.name) ? '**yes**' : 'no';
    return `| ${code(layer.name)} | ${mayImport(layer)} | ${electron} |`;
  });
  return ['| Part of `src` | may import | `electron`? |', '|---|---|---|', ...rows].join('\n');
};

/** The text between the markers; throws when the document has no such place. */
export const readLayerTable = (document: string): string => {
  const [, afterStart] = document.split(START);
  const [table, ...rest] = afterStart?.split(END) ?? [];
  if (table === undefined || rest.length !== 1) throw new Error(`The document needs the markers ${START} and ${END}, once each.`);
  return table.trim();
};

const main = (): void => {
  const path = fileURLToPath(new URL('../../docs/ARCHITECTURE.md', import.meta.url));
  const document = readFileSync(path, 'utf8');
  const table = readLayerTable(document);
  writeFileSync(
    path,
    document.replace(table, () => renderLayerTable()),
  );
};

// `node tools/lint/layer-table.ts` puts the table of layers.ts into the document.
if (startedDirectly(import.meta.url)) main();
