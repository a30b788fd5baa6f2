import { z } from 'zod';
import { agentName, type AgentName } from '../../../shared/domain/agent.ts';
import { mcpServerId, type McpServerId } from '../../../shared/domain/ids.ts';
import { mcpTool, mcpTransportView, type McpTool, type McpTransportView } from '../../../shared/domain/mcp.ts';
import { inWriteTransaction, type Database } from '../connection.ts';

/** An MCP server as it is stored: without the values of its variables and headers. */
export interface StoredMcpServer {
  readonly id: McpServerId;
  readonly name: string;
  readonly transport: McpTransportView;
  readonly agents: readonly AgentName[];
  readonly tools: readonly McpTool[];
  /** Names of tools that the person has marked as changing nothing. */
  readonly harmless: readonly string[];
  readonly testedAtMs: number | null;
}

export interface McpServers {
  /** In the order they were added. */
  list(): readonly StoredMcpServer[];
  find(id: McpServerId): StoredMcpServer | null;
  /** Adds it or replaces what is stored. Its name must be nobody else's. */
  put(server: StoredMcpServer, atMs: number): void;
  /** False when it is not there. */
  remove(id: McpServerId): boolean;
}

interface Row {
  readonly id: string;
  readonly name: string;
  readonly transport: string;
  readonly agents: string;
  readonly tools: string;
  readonly harmless: string;
  readonly testedAtMs: number | null;
}

const columns = 'id, name, transport, agents, tools, harmless, tested_at_ms AS testedAtMs';
const storedTools = z.array(mcpTool);
const storedNames = z.array(z.string());
const storedAgents = z.array(agentName);

export function createMcpServers(db: Database): McpServers {
  const sql = {
    list: db.prepare<[], Row>(`SELECT ${columns} FROM mcp_server ORDER BY created_at_ms, id`),
    find: db.prepare<[string], Row>(`SELECT ${columns} FROM mcp_server WHERE id = ?`),
    put: db.prepare<Row & { atMs: number }>(`
      INSERT INTO mcp_server (id, name, transport, agents, tools, harmless, tested_at_ms, created_at_ms, updated_at_ms)
      VALUES (@id, @name, @transport, @agents, @tools, @harmless, @testedAtMs, @atMs, @atMs)
      ON CONFLICT (id) DO UPDATE SET name = excluded.name, transport = excluded.transport, agents = excluded.agents,
        tools = excluded.tools, harmless = excluded.harmless, tested_at_ms = excluded.tested_at_ms, updated_at_ms = excluded.updated_at_ms`),
    remove: db.prepare<[string]>('DELETE FROM mcp_server WHERE id = ?'),
  };
  function read({ id, transport, agents, tools, harmless, ...row }: Row): StoredMcpServer {
    return {
      ...row,
      id: mcpServerId.parse(id),
      transport: mcpTransportView.parse(JSON.parse(transport)),
      agents: storedAgents.parse(JSON.parse(agents)),
      tools: storedTools.parse(JSON.parse(tools)),
      harmless: storedNames.parse(JSON.parse(harmless)),
    };
  }

  return {
    list: () => sql.list.all().map(read),
    find(id) {
      const row = sql.find.get(id);
      return row === undefined ? null : read(row);
    },
    put({ transport, agents, tools, harmless, ...server }, atMs) {
      inWriteTransaction(db, () => {
        sql.put.run({
          ...server,
          transport: JSON.stringify(transport),
          agents: JSON.stringify(agents),
          tools: JSON.stringify(tools),
          harmless: JSON.stringify(harmless),
          atMs,
        });
      });
    },
    remove: id => inWriteTransaction(db, () => sql.remove.run(id).changes === 1),
  };
}
