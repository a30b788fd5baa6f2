import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface ProgramPaths {
  /** Bundles of main and the workers. */
  readonly main: string;
  readonly renderer: string;
  readonly resources: string;
  readonly version: string;
}

/** Where the built program lies, found from this bundle: `out/main` beside `out/renderer`, with `resources` above both. */
export function programPaths(): ProgramPaths {
  const main = import.meta.dirname;
  const root = join(main, '..', '..');
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  return { main, renderer: join(root, 'out', 'renderer'), resources: join(root, 'resources'), version };
}
