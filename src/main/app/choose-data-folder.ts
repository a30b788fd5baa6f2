import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

export interface Environment {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
}

/**
 * Where everything of one person lives: the same folder for both hosts and the command line, so that they see the same
 * chats. `KONSPEKT_DATA` or `--data` moves it.
 */
export function chooseDataFolder(
  chosen: string | undefined,
  environment: Environment = { platform: process.platform, env: process.env, home: homedir() },
): string {
  const { platform, env, home } = environment;
  const explicit = chosen ?? env['KONSPEKT_DATA'];
  if (explicit !== undefined && explicit !== '') return resolve(explicit);
  switch (platform) {
    case 'darwin':
      return join(home, 'Library', 'Application Support', 'Konspekt');
    case 'win32':
      return join(env['APPDATA'] ?? join(home, 'AppData', 'Roaming'), 'Konspekt');
    default:
      return join(env['XDG_DATA_HOME'] ?? join(home, '.local', 'share'), 'konspekt');
  }
}
