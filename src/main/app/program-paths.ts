import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

export interface ProgramPaths {
  /** Bundles of main, the reader thread and the workers. */
  readonly bundles: string;
  readonly preload: string;
  readonly renderer: string;
  readonly resources: string;
  readonly version: string;
}

/** The folder into which the bundler puts code that several bundles share. */
const sharedChunks = 'chunks';

/** Where the built program lies, found from this module: `out/main` beside `out/renderer`, with `resources` above both. */
export function programPaths(): ProgramPaths {
  const here = import.meta.dirname;
  const bundles = basename(here) === sharedChunks ? dirname(here) : here;
  const out = dirname(bundles);
  const root = dirname(out);
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  return {
    bundles,
    preload: join(out, 'preload', 'index.cjs'),
    renderer: join(out, 'renderer'),
    resources: join(root, 'resources'),
    version,
  };
}
