import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { tempFolder } from '../../../../test/support/temp-folder.ts';
import { agentNames } from '../../../shared/domain/agent.ts';
import { mcpServerId } from '../../../shared/domain/ids.ts';
import { openConnection, type Database } from '../connection.ts';
import { createMcpServers, type McpServers, type StoredMcpServer } from '../mcp/mcp-server-repository.ts';
import { migrate } from '../migrate.ts';
import { migration as mcpMigration } from './0160-mcp-servers.ts';
import { migrations } from './all.ts';

let db: Database;
let folder: ReturnType<typeof tempFolder>;
let servers: McpServers;
beforeEach(() => {
  folder = tempFolder();
  db = openConnection(join(folder.path, 'a.db'));
  const before = migrations.filter(({ version }) => version < mcpMigration.version);
  migrate(db, before, () => undefined);
  db.prepare("INSERT INTO setting (key, value, updated_at_ms) VALUES ('kept', '1', 1)").run();
  migrate(db, [...before, mcpMigration], () => undefined);
  servers = createMcpServers(db);
});
afterEach(() => {
  db.close();
  folder.remove();
});
const id = (n: number) => mcpServerId.parse(`01920000-0000-7000-8000-00000000000${n}`);
const local: StoredMcpServer = {
  id: id(1),
  name: 'files',
  transport: { kind: 'stdio', command: 'npx', args: ['-y', 'x'], env: ['TOKEN'] },
  agents: [...agentNames],
  tools: [{ name: 'read', description: 'Reads.', inputSchema: '{"type":"object"}', saysReadOnly: true }],
  harmless: ['read'],
  testedAtMs: 5,
};
const remote: StoredMcpServer = {
  ...local,
  id: id(2),
  name: 'remote',
  transport: { kind: 'http', url: 'https://mcp.example.org/mcp', headers: ['authorization'] },
  testedAtMs: null,
};

test('the schema before stays, and a server comes back as it was put', () => {
  expect(db.prepare("SELECT value FROM setting WHERE key = 'kept'").get()).toEqual({ value: '1' });
  servers.put(local, 1);
  servers.put(remote, 2);
  expect(servers.list()).toEqual([local, remote]);
  servers.put({ ...local, harmless: [] }, 3);
  expect(servers.list()).toEqual([{ ...local, harmless: [] }, remote]);
  expect([servers.remove(id(1)), servers.remove(id(1)), servers.find(id(1))]).toEqual([true, false, null]);
});

test('two of one name cannot be told apart by a model, and there are not', () => {
  servers.put(local, 1);
  expect(() => servers.put({ ...remote, name: 'files' }, 2)).toThrow(/UNIQUE/u);
});
