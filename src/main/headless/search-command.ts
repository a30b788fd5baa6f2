import { count } from './count-argument.ts';
import type { Command } from 'commander';
import type { Run } from './command-context.ts';
import { rowLimit, searchMaterial, showSearchHealth } from './commands/search.ts';

const help = `
Examples:
  konspekt search "сроки переезда"
  konspekt search --status
`;

/** `konspekt search …`. */
export function addSearchCommand(program: Command, run: Run): void {
  program
    .command('search')
    .description('passages of all chats and documents, by words and, where a model is chosen for it, by meaning')
    .addHelpText('after', help)
    .argument('[words]', 'what is looked for')
    .option('--words-only', 'ask no model', false)
    .option('--status', 'how far the index has come, and what stands in its way', false)
    .option('--limit <count>', `at most so many, up to ${rowLimit}`, count, 20)
    .option('--json', 'as JSON', false)
    .action(
      run(async (ctx, words: string | undefined, options: { wordsOnly: boolean; status: boolean; limit: number; json: boolean }) =>
        options.status || words === undefined ? showSearchHealth(ctx, options) : searchMaterial(ctx, words, options),
      ),
    );
}
