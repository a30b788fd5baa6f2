import { Option, type Command } from 'commander';
import type { AgentName } from '../../shared/domain/agent.ts';
import { mcpAgents } from '../../shared/domain/mcp.ts';
import type { Run } from './command-context.ts';
import { addServer, chooseForServer, listServers, removeServer, testServer } from './commands/mcp.ts';

const mcpHelp = `
An MCP server gives the assistant tools: a program of this machine, which runs with your rights and without a shell, or a
service at an address. A program gets PATH, HOME, LANG and what --env names, nothing else of the environment. Values of
variables and headers are never arguments: they come from the environment and are kept encrypted.

Every call of a tool asks you first, except for tools that you name as harmless.

Examples:
  konspekt mcp add files -- npx -y @modelcontextprotocol/server-filesystem ~/Documents
  konspekt mcp add tracker --url https://mcp.example.org/mcp --header Authorization=TRACKER_HEADER
  konspekt mcp add notes --env NOTES_TOKEN -- /opt/notes/mcp
  konspekt mcp choose files --harmless list_directory read_text_file --agents assistant analyst
  konspekt mcp test files

JSON of list: one object with servers and secrets (strong, weak, unavailable).
`;

const gather = (value: string, before: readonly string[]): readonly string[] => [...before, value];

/** `konspekt mcp …`. */
export function addMcpCommand(program: Command, run: Run): void {
  const mcp = program.command('mcp').description('MCP servers: tools of other programs').addHelpText('after', mcpHelp);
  mcp
    .command('list', { isDefault: true })
    .description('servers with their tools')
    .option('--json', 'as one JSON object', false)
    .action(run(async (ctx, options: { json: boolean }) => listServers(ctx, options)));
  mcp
    .command('add')
    .description('add a server, or give one of this name another command or address, and test it')
    .argument('<name>', 'names its tools; small Latin letters, digits and hyphens')
    .argument('[command...]', 'the program and its arguments, after --')
    .option('--url <address>', 'where it answers over HTTP')
    .option('--env <name[=variable]>', 'a variable of the server, with the value that this one has here', gather, [])
    .option('--header <name=variable>', 'a header with the value of a variable', gather, [])
    .action(
      run(async (ctx, name: string, command: string[], options: { url?: string; env: string[]; header: string[] }) =>
        addServer(ctx, name, command, options),
      ),
    );
  mcp
    .command('test')
    .description('connect to a server and take the list of its tools')
    .argument('<server>', 'its name or id')
    .action(run(async (ctx, server: string) => testServer(ctx, server)));
  mcp
    .command('choose')
    .description('which agents may use a server, and which of its tools do not ask')
    .argument('<server>', 'its name or id')
    .addOption(new Option('--agents [agent...]', 'only these; none without a name').choices(mcpAgents))
    .option('--harmless [tool...]', 'only these do not ask; none without a name')
    .action(
      run(async (ctx, server: string, { agents, harmless }: { agents?: AgentName[] | true; harmless?: string[] | true }) =>
        chooseForServer(ctx, server, {
          ...(agents === undefined ? {} : { agents: agents === true ? [] : agents }),
          ...(harmless === undefined ? {} : { harmless: harmless === true ? [] : harmless }),
        }),
      ),
    );
  mcp
    .command('remove')
    .description('remove a server with its values')
    .argument('<server>', 'its name or id')
    .action(run(async (ctx, server: string) => removeServer(ctx, server)));
}
