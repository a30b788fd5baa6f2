import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';

/** The script of a server from npm, for `node`. */
export function serverScript(name: 'everything' | 'filesystem'): string {
  const require = createRequire(import.meta.url);
  const manifests = {
    everything: () => require.resolve('@modelcontextprotocol/server-everything/package.json'),
    filesystem: () => require.resolve('@modelcontextprotocol/server-filesystem/package.json'),
  };
  return join(dirname(manifests[name]()), 'dist', 'index.js');
}

/** The server "everything" over HTTP, on a free port of this machine. */
export async function startEverythingOverHttp(): Promise<{ readonly url: string; close(): Promise<void> }> {
  const probe = await startHttp((_, response) => void response.end());
  const { port } = new URL(probe.url);
  await probe.close();
  const child = spawn(process.execPath, [serverScript('everything'), 'streamableHttp'], {
    env: { PATH: process.env['PATH'] ?? '', PORT: port },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = once(child, 'exit');
  child.stderr.setEncoding('utf8');
  let said = '';
  for await (const chunk of child.stderr) {
    said += String(chunk);
    if (said.includes('listening on port')) break;
  }
  return {
    url: `http://127.0.0.1:${port}/mcp`,
    async close() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** A server of this process on a free port of this machine. */
export async function startHttp(listener: RequestListener): Promise<{ readonly url: string; close(): Promise<void> }> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/mcp`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
