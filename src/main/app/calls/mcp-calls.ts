import type { CallArgs } from '../../../shared/contract/contract.ts';
import { mcpServerId as mcpServerIdSchema, type McpServerId } from '../../../shared/domain/ids.ts';
import { mcpServerLimit, type McpTransportView } from '../../../shared/domain/mcp.ts';
import { ExpectedError } from '../../ipc/expected-error.ts';
import type { HandlersOf } from '../../ipc/handlers.ts';
import type { StoredMcpServer } from '../../store/mcp/mcp-server-repository.ts';
import { namesOf, type McpRegistry, type McpValues } from '../mcp/mcp-servers.ts';
import { readEndpointUrl } from '../models/endpoint-url.ts';
import type { AskWorker } from '../models/worker-questions.ts';
import { newId } from '../new-id.ts';
import { SecretsRefused, type Secrets } from '../secrets/secrets.ts';
import type { CallContext } from './call-context.ts';
import { expectFound } from './expect-found.ts';

const saveRoute = 'mcp.save';

export interface McpCallsParams {
  readonly registry: McpRegistry;
  readonly secrets: Secrets;
  readonly ask: AskWorker;
}

export function mcpCalls(
  { store, events, now }: Pick<CallContext, 'store' | 'events' | 'now'>,
  { registry, secrets, ask }: McpCallsParams,
): HandlersOf<'mcp'> {
  const { mcpServers } = store;
  const found = (id: McpServerId) => expectFound(mcpServers.find(id), 'mcp_server', id);
  function changed(): void {
    events.publish('mcp.changed', registry.all());
  }
  function keepValues(id: McpServerId, values: McpValues, acceptWeak: boolean): void {
    try {
      if (Object.keys(values).length === 0) secrets.remove(id);
      else secrets.write(id, JSON.stringify(values), { acceptWeak });
    } catch (error) {
      if (error instanceof SecretsRefused) throw new ExpectedError(error.code, error.message);
      throw error;
    }
  }
  /** The values to keep; null when they are those that are kept. */
  function newValues(before: StoredMcpServer | null, transport: McpTransportView, given: Given): McpValues | null {
    if (
      before !== null &&
      given.every(({ value }) => value === null) &&
      sameNames(namesOf(before.transport), namesOf(transport)) &&
      mayHaveValues(before.transport, transport)
    )
      return null;
    // SECURITY: a value given to one program or server is not handed to another because the command or address was changed. With
    // `npx` and its like the arguments say which program it is.
    const kept = before !== null && mayHaveValues(before.transport, transport) ? (registry.valuesOf(before) ?? {}) : {};
    return Object.fromEntries(
      given.map(({ name, value }) => {
        const known = value ?? kept[name];
        if (known === undefined)
          throw new ExpectedError('value_missing', `"${name}" has no value for this command or address; enter it again.`);
        return [name, known];
      }),
    );
  }

  return {
    'mcp.list': () => ({ ...registry.all(), revision: events.revision('mcp.changed') }),
    'mcp.save': ({ requestKey, serverId, name, transport: asked, acceptWeak }) => {
      const earlier = store.requests.find(saveRoute, requestKey);
      if (earlier !== null) return registry.view(found(mcpServerIdSchema.parse(earlier)));
      const before = serverId === null ? null : found(serverId);
      const servers = mcpServers.list();
      if (before === null && servers.length >= mcpServerLimit)
        throw new ExpectedError('too_many_servers', `There are ${mcpServerLimit} MCP servers; remove one first.`);
      if (servers.some(other => other.name === name && other.id !== before?.id))
        throw new ExpectedError('name_taken', `There is an MCP server "${name}"; a model could not tell them apart.`);
      const { transport, given } = readTransport(asked);
      const values = newValues(before, transport, given);
      const id = before?.id ?? newId(mcpServerIdSchema);
      if (values !== null) keepValues(id, values, acceptWeak);
      // What the person has seen and marked belongs to the program they saw.
      const isStill = before !== null && isSame(before.transport, transport) && sameArguments(before.transport, transport);
      const server: StoredMcpServer = {
        id,
        name,
        transport,
        agents: before?.agents ?? ['assistant'],
        tools: isStill ? before.tools : [],
        harmless: isStill ? before.harmless : [],
        testedAtMs: isStill ? before.testedAtMs : null,
      };
      store.inTransaction(() => {
        mcpServers.put(server, now());
        store.requests.record({ route: saveRoute, requestKey, resultId: id, atMs: now() });
      });
      changed();
      return registry.view(server);
    },
    'mcp.choose': ({ serverId, agents, harmlessTools }) => {
      const before = found(serverId);
      const names = new Set(before.tools.map(tool => tool.name));
      const server: StoredMcpServer = {
        ...before,
        agents: agents === undefined ? before.agents : [...new Set(agents)],
        harmless: harmlessTools === undefined ? before.harmless : [...new Set(harmlessTools)].filter(tool => names.has(tool)),
      };
      mcpServers.put(server, now());
      changed();
      return registry.view(server);
    },
    'mcp.remove': ({ serverId }) => {
      found(serverId);
      secrets.remove(serverId);
      mcpServers.remove(serverId);
      changed();
      return {};
    },
    'mcp.test': async ({ serverId }, { signal }) => {
      const tested = found(serverId);
      const transport = registry.transportOf(tested);
      if (transport === null)
        throw new ExpectedError('key_missing', 'Its values were saved in another way and cannot be opened here; enter them again.');
      const { outcome } = await ask({ ask: 'mcp', transport }, signal);
      if (!outcome.works) return outcome;
      // It may have been removed or changed meanwhile; what was seen is what was tested.
      const current = found(serverId);
      if (JSON.stringify(current.transport) !== JSON.stringify(tested.transport))
        return { works: true, server: registry.view(current), leftOut: outcome.leftOut, unmarked: [] };
      // SECURITY: a mark is for what the person saw; a tool that is described in another way now asks again.
      const isSeen = (name: string) => {
        const [was, is] = [current.tools, outcome.tools].map(tools => tools.find(tool => tool.name === name));
        return was !== undefined && is !== undefined && was.description === is.description && was.inputSchema === is.inputSchema;
      };
      const server: StoredMcpServer = {
        ...current,
        tools: outcome.tools,
        harmless: current.harmless.filter(isSeen),
        testedAtMs: now(),
      };
      mcpServers.put(server, now());
      changed();
      return {
        works: true,
        server: registry.view(server),
        leftOut: outcome.leftOut,
        unmarked: current.harmless.filter(name => !isSeen(name)),
      };
    },
  };
}

type Given = readonly { readonly name: string; readonly value: string | null }[];

function readTransport(asked: CallArgs<'mcp.save'>['transport']): { readonly transport: McpTransportView; readonly given: Given } {
  if (asked.kind === 'stdio') {
    const { command, args } = asked;
    return { transport: { kind: 'stdio', command, args, env: asked.env.map(({ name }) => name) }, given: asked.env };
  }
  // RFC 9110, 5.1: names of headers are the same in any case.
  const given = asked.headers.map(({ name, value }) => ({ name: name.toLowerCase(), value }));
  const address = readEndpointUrl(asked.url, given.length > 0);
  if (!address.ok) throw new ExpectedError(address.fault, `The address cannot be an MCP server's: ${address.fault}.`);
  return { transport: { kind: 'http', url: address.url, headers: given.map(({ name }) => name) }, given };
}

/** Who gets the values: the same command line, or the same origin. */
function mayHaveValues(a: McpTransportView, b: McpTransportView): boolean {
  return isSame(a, b) && (a.kind === 'http' || sameArguments(a, b));
}
/** The same program or the same origin. */
function isSame(a: McpTransportView, b: McpTransportView): boolean {
  if (a.kind === 'http') return b.kind === 'http' && new URL(a.url).origin === new URL(b.url).origin;
  return b.kind === 'stdio' && a.command === b.command;
}
function sameArguments(a: McpTransportView, b: McpTransportView): boolean {
  if (a.kind === 'http') return b.kind === 'http' && a.url === b.url;
  return b.kind === 'stdio' && sameNames(a.args, b.args);
}
function sameNames(a: readonly string[], b: readonly string[]): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
