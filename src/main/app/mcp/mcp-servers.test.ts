import { expect, test } from 'vitest';
import { mcpServerId } from '../../../shared/domain/ids.ts';
import type { StoredMcpServer } from '../../store/mcp/mcp-server-repository.ts';
import { createMcpRegistry } from './mcp-servers.ts';

const server: StoredMcpServer = {
  id: mcpServerId.parse('01920000-0000-7000-8000-000000000001'),
  name: 'files',
  transport: { kind: 'stdio', command: 'npx', args: ['-y', 'x'], env: [] },
  agents: [],
  tools: [],
  harmless: [],
  testedAtMs: null,
};

test('a server finds its programs and the authorities of the company’s network, and no secret', () => {
  const registry = createMcpRegistry({
    servers: { list: () => [server] },
    secrets: { read: () => null, state: () => 'weak' },
    environment: {
      PATH: '/bin',
      HOME: '/home/a',
      NODE_EXTRA_CA_CERTS: '/etc/company.pem',
      SSL_CERT_FILE: '/etc/all.pem',
      SSL_CERT_DIR: '/etc/certs',
      OPENAI_API_KEY: 'sk-1',
      HTTPS_PROXY: 'http://me:secret@proxy',
      NODE_OPTIONS: '--require /x',
    },
    platform: 'linux',
  });
  expect(registry.transportOf(server)).toEqual({
    kind: 'stdio',
    command: 'npx',
    args: ['-y', 'x'],
    env: {
      PATH: '/bin',
      HOME: '/home/a',
      NODE_EXTRA_CA_CERTS: '/etc/company.pem',
      SSL_CERT_FILE: '/etc/all.pem',
      SSL_CERT_DIR: '/etc/certs',
    },
  });
});
