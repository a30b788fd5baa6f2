import { Option, type Command } from 'commander';
import type { Run } from './command-context.ts';
import { getSetting, listSettings, setSetting } from './commands/settings.ts';

const settingsHelp = `
Settings, which are those of the window:
  language         system | ru | en                theme            system | light | dark
  detail           short | standard | full         close-with-jobs  ask | keep | quit
  notify-…         system | centre | nothing       for finished, failed, question, budget, browser, schedule, proposal, update
  notify-sound     true | false                    notify-focused   true | false
  quiet-hours      true | false                    quiet-from, quiet-to   22:00     quiet-days   mon tue wed thu fri sat sun
  quiet-lets-expiring   true | false: questions that would expire are shown in quiet hours all the same
  allowed-hosts    hosts in private networks that pages may be fetched from; all others there are blocked
  history-days     days that finished tasks are kept; history-count: how many at most. Synopses and chats are never cleaned.
  browser          path of the browser that browser tasks use, or auto; browser-count: how many work at once, 1 to 4

The command line itself speaks the language of the system (LC_ALL, LANG).

Examples:
  konspekt settings set allowed-hosts --add wiki.local 192.168.1.5:8080
  konspekt settings set history-days 90
  konspekt settings get theme
`;

/** `konspekt settings …`. */
export function addSettingsCommand(program: Command, run: Run): void {
  const settings = program.command('settings').description('see and change the settings').addHelpText('after', settingsHelp);
  settings
    .command('list', { isDefault: true })
    .description('all settings')
    .option('--json', 'as one JSON object', false)
    .action(run(async (ctx, options: { json: boolean }) => listSettings(ctx, options)));
  settings
    .command('get')
    .description('the value of one setting')
    .argument('<name>')
    .action(run(async (ctx, name: string) => getSetting(ctx, name)));
  settings
    .command('set')
    .description('change a setting')
    .argument('<name>')
    .argument('[value...]', 'its value; for a list all of them, none empties it')
    .addOption(new Option('--add', 'to a list: add these').default(false).conflicts('remove'))
    .addOption(new Option('--remove', 'from a list: take these away').default(false))
    .action(
      run(async (ctx, name: string, values: string[], options: { add: boolean; remove: boolean }) =>
        setSetting(ctx, name, values, options.add ? 'add' : options.remove ? 'remove' : 'replace'),
      ),
    );
}
