import { existsSync, mkdirSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { freePort, startServer, type Server } from './start-server.ts';

const places = ['/usr/bin/redis-server', '/usr/local/bin/redis-server', '/opt/homebrew/bin/redis-server'];

/** The installed program, or null. */
export function findRedis(): string | null {
  return places.find(place => existsSync(place)) ?? null;
}

/** A Redis of our own on loopback that syncs its log at every command. */
export async function startRedis(program: string, folder: string): Promise<Server> {
  const dir = join(folder, 'redis');
  mkdirSync(dir);
  const port = await freePort();
  return startServer({
    command: program,
    parameters: [
      '--bind',
      '127.0.0.1',
      '--port',
      String(port),
      '--dir',
      dir,
      '--appendonly',
      'yes',
      '--appendfsync',
      'always',
      '--save',
      '',
      '--daemonize',
      'no',
      '--maxmemory-policy',
      'noeviction',
    ],
    port,
    cwd: dir,
    stopSignal: 'SIGTERM',
    answers: async () => (await redisCommand(port, 'PING')).startsWith('+PONG'),
  });
}

/** One inline command of a single word on a connection of its own; the answer's text, or nothing where nobody listens. */
export function redisCommand(port: number, command: string): Promise<string> {
  return new Promise(resolve => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(`${command}\r\n`);
    });
    socket.once('data', data => {
      socket.destroy();
      resolve(data.toString('utf8'));
    });
    socket.once('error', () => resolve(''));
  });
}
