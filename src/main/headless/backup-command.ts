import type { Command } from 'commander';
import { backupWordsFor } from './backup-words.ts';
import type { Run } from './command-context.ts';
import {
  cancelRestore,
  checkBackup,
  exportEverything,
  importEverything,
  listBackups,
  makeBackup,
  restoreBackup,
} from './commands/backup.ts';
import { CommandError, exitCodes } from './exit-codes.ts';

const help = `
A backup holds all chats, the texts' index, synopses and tasks. The files of documents lie beside it in the data folder and are
kept for as long as a backup names them; keys of models are in none. Each backup is read back in full when it is made. Before one
is restored, what is there becomes a backup itself, and afterwards the queue stands still until "konspekt jobs resume".

Examples:
  konspekt backup now
  konspekt backup list
  konspekt backup export /media/usb
  konspekt backup import "/media/usb/Konspekt 2026-11-23"
  konspekt backup restore manual-1790000000000-s250.db

JSON of list: an object with backups (name, reason, atMs, bytes, isKnown, contents) and wanted.
`;

/** `konspekt backup …`. */
export function addBackupCommand(program: Command, run: Run): void {
  const command = program
    .command('backup')
    .description('copies of your data: make one, look at them, restore one')
    .addHelpText('after', help);
  command
    .command('list', { isDefault: true })
    .description('the backups, newest first, with what is in them')
    .option('--json', 'as JSON', false)
    .action(run(async (ctx, options: { json: boolean }) => listBackups(ctx, options)));
  command
    .command('now')
    .description('make a backup and verify it')
    .action(run(async ctx => makeBackup(ctx)));
  command
    .command('export')
    .description('write everything into a new folder within this one, to be taken in on another computer')
    .argument('<folder>', 'a folder that is there')
    .action(run(async (ctx, folder: string) => exportEverything(ctx, folder)));
  command
    .command('import')
    .description('take such a folder in as a backup, which "konspekt backup restore" then puts in place')
    .argument('<folder>', 'as export has written it')
    .action(run(async (ctx, folder: string) => importEverything(ctx, folder)));
  command
    .command('check')
    .description('read all of a backup again')
    .argument('<name>', 'as the list names it')
    .action(run(async (ctx, name: string) => checkBackup(ctx, name)));
  command
    .command('restore')
    .description('put a backup in place: now, or when the running program is started again')
    .argument('[name]', 'as the list names it')
    .option('--cancel', 'restore nothing at the next start', false)
    .action(
      run(async (ctx, name: string | undefined, options: { cancel: boolean }) => {
        if (options.cancel) return cancelRestore(ctx);
        if (name === undefined) throw new CommandError(exitCodes.usage, backupWordsFor(ctx.locale).needsName);
        return restoreBackup(ctx, name);
      }),
    );
}
