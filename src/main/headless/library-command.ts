import { Option, type Command } from 'commander';
import { languages, type Language } from '../../shared/domain/language.ts';
import { templates, type Template } from '../../shared/domain/synopsis.ts';
import type { Run } from './command-context.ts';
import { listLibrary, listTags, removeTag, renameTag, tagSynopsis } from './commands/library.ts';
import { count } from './count-argument.ts';

const help = `
Examples:
  konspekt library
  konspekt library list "реформа" --tag диплом --stale
  konspekt library tag "Lecture 4" thesis seminar
`;

/** `konspekt library …`. */
export function addLibraryCommand(program: Command, run: Run): void {
  const library = program.command('library').description('all finished synopses of all chats').addHelpText('after', help);
  library
    .command('list', { isDefault: true })
    .description('newest first; with words, those that have them')
    .argument('[words]', 'looked for in titles, sections and notes')
    .addOption(new Option('--template <name>', 'of this material').choices(templates))
    .addOption(new Option('--lang <language>', 'in this language').choices(languages))
    .option('--issues', 'with issues', false)
    .option('--stale', 'outdated', false)
    .option('--tag <tag>', 'with this tag')
    .option('--limit <count>', 'at most so many', count, 50)
    .option('--json', 'as JSON', false)
    .action(
      run(
        async (
          ctx,
          words: string | undefined,
          options: { template?: Template; lang?: Language; issues: boolean; stale: boolean; tag?: string; limit: number; json: boolean },
        ) => listLibrary(ctx, words ?? '', options),
      ),
    );
  library
    .command('tags')
    .description('all tags, with how many synopses have them')
    .action(run(async ctx => listTags(ctx)));
  library
    .command('tag')
    .description('give the synopsis of a chat these tags and no others; without any, list its tags')
    .argument('<chat>')
    .argument('[tag...]')
    .option('--none', 'take all tags off', false)
    .action(run(async (ctx, chat: string, tags: string[], options: { none: boolean }) => tagSynopsis(ctx, chat, tags, options)));
  library
    .command('rename-tag')
    .description('on every synopsis; with the name of another the two become one')
    .argument('<from>')
    .argument('<to>')
    .action(run(async (ctx, from: string, to: string) => renameTag(ctx, from, to)));
  library
    .command('remove-tag')
    .description('from every synopsis')
    .argument('<tag>')
    .action(run(async (ctx, tag: string) => removeTag(ctx, tag)));
}
