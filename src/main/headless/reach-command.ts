import { Option, type Command } from 'commander';
import { webSearchKinds, type WebSearchKind } from '../../shared/domain/web-search.ts';
import type { Run } from './command-context.ts';
import { grantFolder, listReach, removeSearch, revokeFolder, setSearch, testSearch } from './commands/reach.ts';

const reachHelp = `
Agents search the web with this service alone, and see these folders alone. Before each write to a folder the person is asked.
A key is never an argument, which other accounts of the machine could read: it comes from a variable of the environment or
from standard input. Where a window of the program is open, folders are granted in its settings.

Examples:
  konspekt reach search http://127.0.0.1:8888
  konspekt reach search --kind brave --key-env BRAVE_SEARCH_KEY
  konspekt reach test
  konspekt reach grant ~/Notes --write
  konspekt reach revoke ~/Notes

JSON of list: one object with webSearch, folders and secrets (strong, weak, unavailable).
`;

/** `konspekt reach …`. */
export function addReachCommand(program: Command, run: Run): void {
  const reach = program
    .command('reach')
    .description('what agents may reach: the search of the web, and folders')
    .addHelpText('after', reachHelp);
  reach
    .command('list', { isDefault: true })
    .description('the search and the granted folders')
    .option('--json', 'as one JSON object', false)
    .action(run(async (ctx, options: { json: boolean }) => listReach(ctx, options)));
  reach
    .command('search')
    .description('connect the search of the web')
    .argument('[address]', 'where it answers; for brave its own')
    .addOption(new Option('--kind <kind>', 'the service').choices(webSearchKinds).default('searxng'))
    .addOption(new Option('--key-env <variable>', 'the variable of the environment that holds the key').conflicts('keyStdin'))
    .option('--key-stdin', 'the key comes on standard input', false)
    .action(
      run(async (ctx, address: string | undefined, options: { kind: WebSearchKind; keyEnv?: string; keyStdin: boolean }) =>
        setSearch(ctx, address ?? null, options),
      ),
    );
  reach
    .command('no-search')
    .description('disconnect the search, with its key')
    .action(run(async ctx => removeSearch(ctx)));
  reach
    .command('test')
    .description('one real search')
    .action(run(async ctx => testSearch(ctx)));
  reach
    .command('grant')
    .description('let agents look into a folder')
    .argument('<folder>')
    .option('--write', 'and write to it, after asking', false)
    .action(run(async (ctx, folder: string, options: { write: boolean }) => grantFolder(ctx, folder, options.write)));
  reach
    .command('revoke')
    .description('take a folder back; its files stay')
    .argument('<folder>')
    .action(run(async (ctx, folder: string) => revokeFolder(ctx, folder)));
}
