import { join } from 'node:path';
import { startHost, type Host } from '../../../src/main/headless/host.ts';

const root = join(import.meta.dirname, '..', '..', '..');

/** The built program without a window, in this process. */
export function startBenchHost(dataDir: string): Promise<Host> {
  return startHost({
    dataDir,
    withPage: false,
    port: 0,
    locale: 'ru',
    paths: {
      bundles: join(root, 'out', 'main'),
      preload: '',
      renderer: join(root, 'out', 'renderer'),
      resources: join(root, 'resources'),
      version: 'bench',
    },
  });
}
