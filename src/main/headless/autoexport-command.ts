import { Option, type Command } from 'commander';
import { autoExportModes, type AutoExportMode } from '../../shared/domain/auto-export.ts';
import type { Run } from './command-context.ts';
import { addAutoExport, listAutoExports, removeAutoExport, runAutoExport } from './commands/autoexport.ts';

const help = `
Finished synopses are written into these folders by themselves, as Markdown notes that Obsidian reads. With mirror there is
one note for each synopsis, kept current; with append each version gets a note of its own and none is touched again. A note
that you have changed is left as it is and the newer text lies beside it; one that you have deleted stays away until
"run --restore". A note that you have moved within the folder is found there.

Examples:
  konspekt autoexport add ~/Vault/Synopses
  konspekt autoexport add ~/Vault/Lectures --mode append --chat "Thermodynamics"
  konspekt autoexport run ~/Vault/Synopses --restore
  konspekt autoexport remove ~/Vault/Synopses

JSON of list: one array of folders with id, path, mode, sessions, fileCount, edited, deleted and last.
`;

/** `konspekt autoexport …`. */
export function addAutoExportCommand(program: Command, run: Run): void {
  const command = program
    .command('autoexport')
    .description('folders, as an Obsidian vault, that finished synopses are written into by themselves')
    .addHelpText('after', help);
  command
    .command('list', { isDefault: true })
    .description('the folders, and what is to be known of them')
    .option('--json', 'as one JSON array', false)
    .action(run(async (ctx, options: { json: boolean }) => listAutoExports(ctx, options)));
  command
    .command('add')
    .description('write finished synopses into a folder from now on')
    .argument('<folder>', 'a folder that is there')
    .addOption(new Option('--mode <mode>', 'how').choices(autoExportModes).default('mirror'))
    .option('--chat <chat>', 'only of this chat; may be given several times', (chat: string, before: string[]) => [...before, chat], [])
    .action(run(async (ctx, folder: string, options: { mode: AutoExportMode; chat: string[] }) => addAutoExport(ctx, folder, options)));
  command
    .command('remove')
    .description('write nothing more there; the files stay')
    .argument('<folder>')
    .action(run(async (ctx, folder: string) => removeAutoExport(ctx, folder)));
  command
    .command('run')
    .description('look at every file of a folder now')
    .argument('<folder>')
    .option('--restore', 'bring back files that you have deleted', false)
    .action(run(async (ctx, folder: string, options: { restore: boolean }) => runAutoExport(ctx, folder, options)));
}
