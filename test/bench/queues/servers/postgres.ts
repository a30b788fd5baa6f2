import { execFileSync } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort, startServer, type Server } from './start-server.ts';

const debianFolder = '/usr/lib/postgresql';

/** The folder of the newest installed server's programs, or null. Debian keeps them off the path. */
export function findPostgres(): string | null {
  const found = existsSync(debianFolder)
    ? readdirSync(debianFolder)
        .map(Number)
        .filter(Number.isFinite)
        .sort((a, b) => b - a)
    : [];
  return found.map(version => join(debianFolder, String(version), 'bin')).find(bin => existsSync(join(bin, 'postgres'))) ?? null;
}

/** Who it may run as: it refuses the superuser, for whom Debian's package made an account. */
function account(): { readonly uid: number; readonly gid: number } | null {
  if (process.getuid?.() !== 0) return null;
  const [, , uid, gid] = /^postgres:.*$/mu.exec(readFileSync('/etc/passwd', 'utf8'))?.[0].split(':') ?? [];
  if (uid === undefined || gid === undefined) throw new Error('PostgreSQL does not run as root and there is no account "postgres".');
  return { uid: Number(uid), gid: Number(gid) };
}

export interface Postgres extends Server {
  /** An empty database of its own; returns its connection string. */
  createDatabase(name: string): string;
}

/** A PostgreSQL of our own on loopback in which every commit is synced. */
export async function startPostgres(bin: string, folder: string): Promise<Postgres> {
  const data = join(folder, 'postgres');
  mkdirSync(data, { mode: 0o700 });
  const as = account();
  if (as !== null) chownSync(data, as.uid, as.gid);
  const quietly = { cwd: data, stdio: 'pipe', ...as } as const;
  execFileSync(join(bin, 'initdb'), ['-D', data, '-U', 'bench', '-A', 'trust', '-E', 'UTF8', '--locale=C'], quietly);
  const port = await freePort();
  const tool = (name: string, parameters: readonly string[]): void => {
    execFileSync(join(bin, name), ['-h', '127.0.0.1', '-p', String(port), '-U', 'bench', ...parameters], quietly);
  };
  const server = await startServer({
    command: join(bin, 'postgres'),
    parameters: [
      '-D',
      data,
      '-p',
      String(port),
      '-c',
      'listen_addresses=127.0.0.1',
      '-c',
      `unix_socket_directories=${data}`,
      '-c',
      'fsync=on',
      '-c',
      'synchronous_commit=on',
      '-c',
      'shared_buffers=256MB',
    ],
    port,
    cwd: data,
    ...as,
    stopSignal: 'SIGINT',
    answers() {
      try {
        tool('pg_isready', ['-d', 'postgres', '-q']);
        return Promise.resolve(true);
      } catch {
        return Promise.resolve(false);
      }
    },
  });
  return {
    ...server,
    createDatabase(name) {
      tool('createdb', [name]);
      return `postgres://bench@127.0.0.1:${port}/${name}`;
    },
  };
}
