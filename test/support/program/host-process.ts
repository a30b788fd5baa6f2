/** The headless host as a process of its own, from the sources: `node host-process.ts <data folder> <folder of bundles>`. */
import { join } from 'node:path';
import { startHost } from '../../../src/main/headless/host.ts';

const [dataDir, bundles] = process.argv.slice(2);
if (dataDir === undefined || bundles === undefined) throw new Error('Usage: host-process.ts <data folder> <folder of bundles>');
const root = join(import.meta.dirname, '..', '..', '..');
const host = await startHost({
  dataDir,
  withPage: false,
  port: 0,
  locale: 'ru',
  paths: { bundles, preload: '', renderer: join(root, 'out', 'renderer'), resources: join(root, 'resources'), version: 'test' },
});
process.on('SIGTERM', () => {
  void host.close().then(() => process.exit(0));
});
process.stdout.write('ready\n');
