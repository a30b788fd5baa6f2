import { join } from 'node:path';
import { startHost } from '../../../src/main/headless/host.ts';

const root = join(import.meta.dirname, '..', '..', '..');

/** The host of `out/main` in this process, so that a call's time has no socket in it. */
export const startHostInProcess = (dataDir: string): ReturnType<typeof startHost> =>
  startHost({
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
