import { homedir, tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';

const userFolder = (name: string): string => join(homedir(), name);
const configHome = (): string => process.env['XDG_CONFIG_HOME'] || join(homedir(), '.config');

/** Electron's well-known folders (Linux rules); the ones under `userData` move with it. */
export function makeAppPaths(appName: () => string): { get(name: string): string; set(name: string, path: string): void } {
  const set = new Map<string, string>();
  const get = (name: string): string => {
    const chosen = set.get(name);
    if (chosen !== undefined) return chosen;
    const usual = usualPaths[name];
    if (usual === undefined) throw new Error(`Failed to get '${name}' path`);
    return usual();
  };
  const usualPaths: Record<string, () => string> = {
    home: homedir,
    appData: configHome,
    userData: () => join(get('appData'), appName()),
    sessionData: () => get('userData'),
    logs: () => join(get('userData'), 'logs'),
    crashDumps: () => join(get('userData'), 'Crashpad'),
    temp: tmpdir,
    exe: () => process.execPath,
    desktop: () => userFolder('Desktop'),
    documents: () => userFolder('Documents'),
    downloads: () => userFolder('Downloads'),
    music: () => userFolder('Music'),
    pictures: () => userFolder('Pictures'),
    videos: () => userFolder('Videos'),
  };
  return {
    get,
    set(name, path) {
      if (!(name in usualPaths)) throw new Error(`Failed to set path '${name}'`);
      if (!isAbsolute(path)) throw new Error('Path must be absolute');
      set.set(name, path);
    },
  };
}
