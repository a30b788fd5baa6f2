import type { CallArgs, CallName, CallOutput } from '../../src/shared/contract/contract.ts';
import { mcpServerId } from '../../src/shared/domain/ids.ts';
import type { McpServersView, McpServerView } from '../../src/shared/domain/mcp.ts';

interface MemoryMcpDeps {
  readonly now: () => number;
  readonly uuid: () => string;
  readonly refuse: (code: 'not_found' | 'name_taken') => never;
  readonly changed: (view: McpServersView) => void;
  readonly revision: () => number;
}

type McpCall = Extract<CallName, `mcp.${string}`>;
type McpHandlers = { readonly [N in McpCall]: (args: CallArgs<N>) => CallOutput<N> };

/** Tools that every server of the host in memory has. */
const listed: McpServerView['tools'] = [
  {
    name: 'read_text_file',
    description: 'Read the complete contents of a file from the file system as text.',
    saysReadOnly: true,
    isHarmless: false,
  },
  {
    name: 'write_file',
    description:
      'Create a new file or completely overwrite an existing file with new content. Use with caution as it will overwrite existing files without warning. Handles text content with proper encoding. Only works within allowed directories.',
    saysReadOnly: false,
    isHarmless: false,
  },
  { name: 'list_directory', description: '', saysReadOnly: true, isHarmless: false },
];

/** MCP servers of the host in memory. A program that is called "broken" does not work. */
export function createMemoryMcp({ now, uuid, refuse, changed, revision }: MemoryMcpDeps) {
  const servers = new Map<string, McpServerView>();
  let secrets: McpServersView['secrets'] = 'strong';
  const view = (): McpServersView => ({ servers: [...servers.values()], secrets });
  const have = (id: string): McpServerView => servers.get(id) ?? refuse('not_found');
  function put(server: McpServerView): McpServerView {
    servers.set(server.id, server);
    changed(view());
    return server;
  }

  const handlers: McpHandlers = {
    'mcp.list': () => ({ ...view(), revision: revision() }),
    'mcp.save': ({ serverId, name, transport }) => {
      if ([...servers.values()].some(other => other.name === name && other.id !== serverId)) refuse('name_taken');
      const before = serverId === null ? null : have(serverId);
      return put({
        id: before?.id ?? mcpServerId.parse(uuid()),
        name,
        transport:
          transport.kind === 'http'
            ? { kind: 'http', url: transport.url, headers: transport.headers.map(each => each.name) }
            : { ...transport, env: transport.env.map(each => each.name) },
        isLocked: false,
        agents: before?.agents ?? ['assistant'],
        tools: before?.tools ?? [],
        testedAtMs: before?.testedAtMs ?? null,
      });
    },
    'mcp.choose': ({ serverId, agents, harmlessTools }) => {
      const server = have(serverId);
      const tools = server.tools.map(tool => ({ ...tool, isHarmless: harmlessTools?.includes(tool.name) ?? tool.isHarmless }));
      return put({ ...server, agents: agents ?? server.agents, tools });
    },
    'mcp.remove': ({ serverId }) => {
      have(serverId);
      servers.delete(serverId);
      changed(view());
      return {};
    },
    'mcp.test': ({ serverId }) => {
      const server = have(serverId);
      if (server.transport.kind === 'stdio' && server.transport.command === 'broken')
        return {
          works: false,
          failure: 'ended',
          detail:
            "Error: Cannot find module 'mcp-server-notes'\n    at Module._resolveFilename (node:internal/modules/cjs/loader:1421:15)\n(exit code 1)",
        };
      const tools = server.tools.length > 0 ? server.tools : listed;
      return { works: true, server: put({ ...server, tools: [...tools], testedAtMs: now() }), leftOut: 0, unmarked: [] };
    },
  };
  return {
    handlers,
    /** A server that was tested and has a tool without a question, one at an address, and one that does not work. */
    fill(): void {
      const common = { requestKey: '', serverId: null, acceptWeak: false } as const;
      const files = handlers['mcp.save']({
        ...common,
        name: 'files',
        transport: {
          kind: 'stdio',
          command: 'npx',
          args: ['-y', '@modelcontextprotocol/server-filesystem', '/home/anna/Документы'],
          env: [],
        },
      });
      handlers['mcp.test']({ serverId: files.id });
      handlers['mcp.choose']({ serverId: files.id, agents: ['assistant', 'analyst'], harmlessTools: ['read_text_file'] });
      handlers['mcp.save']({
        ...common,
        name: 'tracker',
        transport: { kind: 'http', url: 'https://mcp.example.org/mcp', headers: [{ name: 'authorization', value: 'x' }] },
      });
      handlers['mcp.save']({ ...common, name: 'notes', transport: { kind: 'stdio', command: 'broken', args: ['--all'], env: [] } });
    },
    setSecrets(next: McpServersView['secrets']): void {
      secrets = next;
    },
  };
}
