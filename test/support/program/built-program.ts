import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gatedWorker, type Gate } from './source-bundles.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const folderLink = process.platform === 'win32' ? 'junction' : 'dir';

/** The command line as it is built. */
export const builtCli = join(root, 'out', 'main', 'cli.js');

/** A copy of the built program in a folder, with a gate in one of its workers; the path of its command line. */
export function gatedCli(folder: string, gate: Gate): string {
  mkdirSync(folder, { recursive: true });
  // Copied, not linked: a module finds its neighbours from where it really lies.
  for (const part of ['main', 'renderer']) cpSync(join(root, 'out', part), join(folder, 'out', part), { recursive: true });
  cpSync(join(root, 'package.json'), join(folder, 'package.json'));
  for (const name of ['node_modules', 'resources']) symlinkSync(join(root, name), join(folder, name), folderLink);
  writeFileSync(join(folder, 'out', 'main', `worker-${gate.worker}.js`), gatedWorker(gate));
  return join(folder, 'out', 'main', 'cli.js');
}
