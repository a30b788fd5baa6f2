import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { extractAll } from '@electron/asar';
import { build, Platform } from 'electron-builder';
import { packageConfig } from '../../../tools/package/config.ts';
import { prepareNotices } from '../../../tools/package/run.ts';
import { writeBareElectron } from './bare-electron.ts';

const root = join(import.meta.dirname, '..', '..', '..');

export interface MadePackage {
  /** Stands for Electron's binary, with the fuses set. */
  readonly program: string;
  readonly resources: string;
  readonly archive: string;
  /** The whole archive as a folder; the part outside it with it. */
  extract(): string;
}

/** The program packaged for Linux by the packager itself, around an Electron without a program. Wants the bundles built. */
export async function makePackage(folder: string): Promise<MadePackage> {
  const electronDist = join(folder, 'electron');
  const { version } = JSON.parse(readFileSync(join(root, 'node_modules', 'electron', 'package.json'), 'utf8')) as {
    readonly version: string;
  };
  writeBareElectron(electronDist, version);
  prepareNotices();
  await build({
    projectDir: root,
    targets: Platform.LINUX.createTarget('dir'),
    config: { ...packageConfig({}), electronDist, directories: { output: join(folder, 'dist'), buildResources: 'resources' } },
  });
  const unpacked = join(folder, 'dist', 'linux-unpacked');
  const archive = join(unpacked, 'resources', 'app.asar');
  return {
    program: join(unpacked, 'konspekt'),
    resources: join(unpacked, 'resources'),
    archive,
    extract() {
      const app = join(folder, 'app');
      extractAll(archive, app);
      return app;
    },
  };
}
