import { z } from 'zod';
import type { AgentReach } from '../../../shared/contract/worker/agent-input.ts';
import type { AgentName } from '../../../shared/domain/agent.ts';
import { mcpBaseVariables, type McpServersView, type McpServerView, type McpTransport } from '../../../shared/domain/mcp.ts';
import type { McpServers, StoredMcpServer } from '../../store/mcp/mcp-server-repository.ts';
import type { Secrets } from '../secrets/secrets.ts';

/** Values of a server's variables or headers, by name. */
export type McpValues = Readonly<Record<string, string>>;
const storedValues = z.record(z.string(), z.string());

/** The MCP servers that the person has added, and what a worker is given to use them. */
export interface McpRegistry {
  view(server: StoredMcpServer): McpServerView;
  all(): McpServersView;
  /** Null when they cannot be opened here. SECURITY: for `transportOf` and for saving alone. */
  valuesOf(server: StoredMcpServer): McpValues | null;
  /** Null when its values cannot be opened. SECURITY: for the input of a task alone. */
  transportOf(server: StoredMcpServer): McpTransport | null;
  /** What an agent may use: servers that were tested, have tools, and are switched on for it. SECURITY: as `transportOf`. */
  reachOf(agent: AgentName): AgentReach['mcpServers'];
}

export interface McpRegistryParams {
  readonly servers: Pick<McpServers, 'list'>;
  readonly secrets: Pick<Secrets, 'read' | 'state'>;
  /** The environment of the program. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  readonly platform?: NodeJS.Platform;
}

export function createMcpRegistry({
  servers,
  secrets,
  environment = process.env,
  platform = process.platform,
}: McpRegistryParams): McpRegistry {
  const base = baseEnvironment(environment, platform);

  function valuesOf({ id, transport }: StoredMcpServer): McpValues | null {
    const names = namesOf(transport);
    if (names.length === 0) return {};
    const text = secrets.read(id);
    if (text === null) return null;
    const values = storedValues.parse(JSON.parse(text));
    return names.every(name => Object.hasOwn(values, name)) ? values : null;
  }
  function transportOf(server: StoredMcpServer): McpTransport | null {
    const values = valuesOf(server);
    if (values === null) return null;
    const { transport } = server;
    return transport.kind === 'http'
      ? { kind: 'http', url: transport.url, headers: values }
      : { kind: 'stdio', command: transport.command, args: transport.args, env: { ...base, ...values } };
  }
  function view(server: StoredMcpServer): McpServerView {
    const { id, name, transport, agents, tools, harmless, testedAtMs } = server;
    return {
      id,
      name,
      transport,
      isLocked: valuesOf(server) === null,
      agents: [...agents],
      tools: tools.map(tool => ({
        name: tool.name,
        description: tool.description,
        saysReadOnly: tool.saysReadOnly,
        isHarmless: harmless.includes(tool.name),
      })),
      testedAtMs,
    };
  }

  return {
    view,
    valuesOf,
    transportOf,
    all: () => ({ servers: servers.list().map(view), secrets: secrets.state() }),
    reachOf: agent =>
      servers.list().flatMap(server => {
        if (!server.agents.includes(agent) || server.tools.length === 0) return [];
        const transport = transportOf(server);
        if (transport === null) return [];
        return [{ name: server.name, transport, tools: [...server.tools], harmlessTools: [...server.harmless] }];
      }),
  };
}

export function namesOf(transport: StoredMcpServer['transport']): readonly string[] {
  return transport.kind === 'http' ? transport.headers : transport.env;
}

/** Where Homebrew and Node's installer put programs: what a Mac starts from its desktop does not have them on its PATH. */
const macFolders = ['/opt/homebrew/bin', '/usr/local/bin'];

/** SECURITY: of the program's own environment a server gets these names and nothing else. */
function baseEnvironment(environment: Readonly<Record<string, string | undefined>>, platform: NodeJS.Platform): Record<string, string> {
  const base: Record<string, string> = {};
  for (const name of mcpBaseVariables) {
    const value = environment[name];
    if (value !== undefined) base[name] = value;
  }
  if (platform === 'darwin') base['PATH'] = [...new Set([...(base['PATH'] ?? '/usr/bin:/bin').split(':'), ...macFolders])].join(':');
  return base;
}
