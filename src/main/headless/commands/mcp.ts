import { randomUUID } from 'node:crypto';
import type { Client } from '../../../shared/contract/client.ts';
import type { CallInput } from '../../../shared/contract/contract.ts';
import type { AgentName } from '../../../shared/domain/agent.ts';
import { mcpServerName, type McpServersView, type McpServerView } from '../../../shared/domain/mcp.ts';
import { withProgram } from '../attach.ts';
import type { CommandContext } from '../command-context.ts';
import { CommandError, exitCodes, type ExitCode } from '../exit-codes.ts';
import { mcpWordsFor } from '../mcp-words.ts';
import { printable } from '../printable.ts';
import { unwrap } from '../unwrap.ts';

export interface AddMcpOptions {
  readonly url?: string;
  /** `NAME` or `NAME=VARIABLE`: a variable of the server's, and the one of this program's environment that holds its value. */
  readonly env: readonly string[];
  /** `Name=VARIABLE`. */
  readonly header: readonly string[];
}

export function listServers(context: CommandContext, options: { readonly json: boolean }): Promise<ExitCode> {
  const words = mcpWordsFor(context.locale);
  return withProgram(context, { works: false }, async ({ client }) => {
    const { servers, secrets } = await everything(client, context);
    if (options.json) {
      context.out.write(`${JSON.stringify({ servers, secrets })}\n`);
      return exitCodes.done;
    }
    const line = (text: string) => context.out.write(`${printable(text)}\n`);
    if (servers.length === 0) line(words.none);
    for (const { name, transport, isLocked, agents, tools, testedAtMs } of servers) {
      const names = transport.kind === 'http' ? transport.headers : transport.env;
      const facts = [
        transport.kind === 'http' ? transport.url : [transport.command, ...transport.args].join(' '),
        ...(isLocked ? [words.locked] : names.length > 0 ? [`${words.withValues} (${names.join(', ')})`] : []),
        words.forAgents(agents),
        ...(testedAtMs === null ? [words.notTested] : []),
      ];
      line([name, ...facts].join('  '));
      for (const tool of tools)
        line(`  ${tool.name}  ${tool.isHarmless ? words.free : words.asks}${tool.saysReadOnly ? `  (${words.saysReadOnly})` : ''}`);
    }
    return exitCodes.done;
  });
}

export function addServer(context: CommandContext, name: string, command: readonly string[], options: AddMcpOptions): Promise<ExitCode> {
  const words = mcpWordsFor(context.locale);
  if (!mcpServerName.safeParse(name).success) throw new CommandError(exitCodes.usage, words.badName);
  const transport = transportOf(command, options, context);
  return withProgram(context, { works: false }, async ({ client }) => {
    const { servers, secrets } = await everything(client, context);
    const hasValues = options.env.length + options.header.length > 0;
    if (hasValues && secrets === 'weak') context.err.write(`${words.weak}\n`);
    const saved = unwrap(
      await client.call('mcp.save', {
        requestKey: randomUUID(),
        serverId: servers.find(server => server.name === name)?.id ?? null,
        name,
        transport,
        acceptWeak: true,
      }),
      context.words,
    );
    return tryServer(client, saved, context);
  });
}

/** SECURITY: a value is never an argument, which other accounts of the machine could read. */
function transportOf(
  [program, ...args]: readonly string[],
  { url, env, header }: AddMcpOptions,
  { locale }: CommandContext,
): CallInput<'mcp.save'>['transport'] {
  const words = mcpWordsFor(locale);
  if ((program === undefined) === (url === undefined)) throw new CommandError(exitCodes.usage, words.commandOrUrl);
  const given = (text: string) => {
    const [name = '', variable = name] = text.split('=', 2);
    const value = process.env[variable] ?? '';
    if (value === '') throw new CommandError(exitCodes.usage, words.noValue(variable));
    return { name, value };
  };
  if (url !== undefined) {
    if (env.length > 0) throw new CommandError(exitCodes.usage, words.notGiven('--env'));
    return { kind: 'http', url, headers: header.map(given) };
  }
  if (header.length > 0) throw new CommandError(exitCodes.usage, words.notGiven('--header'));
  return { kind: 'stdio', command: program ?? '', args, env: env.map(given) };
}

export function testServer(context: CommandContext, given: string): Promise<ExitCode> {
  return withProgram(context, { works: false }, async ({ client }) => tryServer(client, await find(client, given, context), context));
}

export function chooseForServer(
  context: CommandContext,
  given: string,
  { agents, harmless }: { readonly agents?: readonly AgentName[]; readonly harmless?: readonly string[] },
): Promise<ExitCode> {
  return withProgram(context, { works: false }, async ({ client }) => {
    const { id } = await find(client, given, context);
    const choice = { ...(agents ? { agents: [...agents] } : {}), ...(harmless ? { harmlessTools: [...harmless] } : {}) };
    unwrap(await client.call('mcp.choose', { serverId: id, ...choice }), context.words);
    return exitCodes.done;
  });
}

export function removeServer(context: CommandContext, given: string): Promise<ExitCode> {
  return withProgram(context, { works: false }, async ({ client }) => {
    const { id, name } = await find(client, given, context);
    unwrap(await client.call('mcp.remove', { serverId: id }), context.words);
    context.out.write(`${mcpWordsFor(context.locale).removed(name)}\n`);
    return exitCodes.done;
  });
}

async function tryServer(client: Client, { id, name }: McpServerView, context: CommandContext): Promise<ExitCode> {
  const words = mcpWordsFor(context.locale);
  const tried = unwrap(await client.call('mcp.test', { serverId: id }), context.words);
  const line = (text: string) => context.out.write(`${printable(text)}\n`);
  if (!tried.works) {
    line(words.failed(name, words.failure[tried.failure]));
    for (const said of tried.detail === '' ? [] : tried.detail.split('\n')) line(`  ${said}`);
    return exitCodes.failed;
  }
  line(words.works(name, tried.server.tools.length));
  for (const tool of tried.server.tools) line(`  ${tool.name}`);
  if (tried.leftOut > 0) line(words.leftOut(tried.leftOut));
  if (tried.unmarked.length > 0) line(words.unmarked(tried.unmarked.join(', ')));
  return exitCodes.done;
}

async function everything(client: Client, { words }: CommandContext): Promise<McpServersView> {
  return unwrap(await client.call('mcp.list', {}), words);
}

async function find(client: Client, given: string, context: CommandContext): Promise<McpServerView> {
  const { servers } = await everything(client, context);
  const server = servers.find(({ id, name }) => id === given || name === given);
  if (server === undefined) throw new CommandError(exitCodes.notFound, mcpWordsFor(context.locale).noSuchServer(printable(given)));
  return server;
}
