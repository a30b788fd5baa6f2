import { isBuiltin } from 'node:module';
import { posix } from 'node:path';
import { type Layer, layers, reservedPackages } from './layers.ts';

/** One import as the rule sees it. Paths are relative to the project's folder, with forward slashes. */
export interface ImportSeen {
  /** The file that imports. */
  readonly file: string;
  /** What it imports, as written. */
  readonly specifier: string;
  /** Whether nothing of it is left at run time. */
  readonly typeOnly: boolean;
}

/** The layer a path under `src/` belongs to; `undefined` when it is under none. */
const layerOf = (path: string): Layer | undefined => layers.find(({ name }) => path === `src/${name}` || path.startsWith(`src/${name}/`));

/** Files outside `src/` that code may read its constants from. */
const READABLE_OUTSIDE = /^(package\.json$|resources\/)/;

const featureOf = (path: string): string | undefined => /^src\/renderer\/features\/([^/]+)\//.exec(path)?.[1];

const packageNameOf = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

const judgeFile = (from: Layer, seen: ImportSeen): string | undefined => {
  const target = posix.join(posix.dirname(seen.file), seen.specifier.replace(/\?.*$/, ''));
  if (READABLE_OUTSIDE.test(target)) return undefined;
  if (!target.startsWith('src/'))
    return `"${seen.specifier}" leads out of src: the program must not depend on tests, tools or the project's folder.`;
  const to = layerOf(target);
  if (!to) return `"${target}" belongs to no layer: put it in a folder of tools/lint/layers.ts.`;
  const [feature, otherFeature] = [featureOf(seen.file), featureOf(target)];
  if (feature && otherFeature && feature !== otherFeature) {
    return `The feature "${feature}" must not import the feature "${otherFeature}": move what both need to renderer/ui or renderer/state.`;
  }
  if (to === from || from.imports.includes(to.name)) return undefined;
  if (from.typesFrom.includes(to.name)) {
    return seen.typeOnly ? undefined : `${from.name} may only take types from ${to.name}: use "import type", or hand the value in.`;
  }
  return `${from.name} must not import ${to.name} (see the layer table in docs/ARCHITECTURE.md).`;
};

const judgePackage = (from: Layer, specifier: string): string | undefined => {
  const name = packageNameOf(specifier);
  const reservedFor = reservedPackages[name];
  if (reservedFor && !reservedFor.includes(from.name)) {
    return `${from.name} must not import "${name}": only ${reservedFor.join(', ')} may.`;
  }
  if (from.packages === 'any' || from.packages.includes(name)) return undefined;
  return `${from.name} must not import the package "${name}": add it to tools/lint/layers.ts if it belongs there.`;
};

/** Why this import breaks the layer table, as a sentence; `undefined` when it does not. Files outside `src/` are free. */
export const judgeImport = (seen: ImportSeen): string | undefined => {
  if (!seen.file.startsWith('src/')) return undefined;
  const from = layerOf(seen.file);
  if (!from) return `"${seen.file}" belongs to no layer: put it in a folder of tools/lint/layers.ts.`;
  if (/^\.{1,2}(\/|$)/.test(seen.specifier)) return judgeFile(from, seen);
  if (isBuiltin(seen.specifier)) return from.node ? undefined : `${from.name} must not import Node's "${seen.specifier}".`;
  return judgePackage(from, seen.specifier);
};
