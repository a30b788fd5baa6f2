import { Option, type Command } from 'commander';
import type { Run } from './command-context.ts';
import { addLogin, forgetSession, listLogins, removeLogin, type AddLoginOptions } from './commands/logins.ts';
import { keepRecipe, printTables, type KeepOptions, type TableOptions } from './commands/browser-result.ts';
import { countUpTo } from './count-argument.ts';
import { collected } from './recipe-arguments.ts';
import { listBrowsers, listRecipes, runRecipe, type RunRecipeOptions } from './commands/browser.ts';

const help = `
A recipe is a list of steps that a browser of its own does without a model: open, type, click, extract and more. It goes to the
sites that it names and nowhere else, and asks before it sends, buys or deletes anything. It is a JSON file, or one that was
saved in the window. Stop one with Ctrl+C, or with "konspekt jobs cancel".

Examples:
  konspekt browser run prices.json --param what=tea --format csv
  konspekt browser run "Prices" --chat Shopping
  konspekt browser keep 01a2 --name "Prices" --param what=tea
  konspekt browser tables 01a2 --format json
  konspekt browser recipes
  konspekt schedules add "Shopping" --recipe "Prices" --param what=coffee --cron "0 9 * * 1"
  konspekt browser installed
  pass show shop | konspekt browser login add Shop shop.example --user anna --password-stdin
  konspekt browser run orders.json --login Shop

With a login a task works on a site under your name. The password comes on standard input and never as an argument; it is typed on
the sites of the login alone, and no model sees it. Without one, sign in by hand in the window.

Rows of the same columns from several pages come as one table, with the page of each row. JSON of one table: one array of its rows.
JSON of several: one array of {title, url, rows}; as CSV an empty line stands between them.

JSON of installed: one object with found [{name, path, version}] and chosen. JSON of recipes: one array of {id, recipe, savedAtMs}.
JSON of logins: one array of {id, name, hosts, hasUser, hasPassword, isLocked, sessionAtMs, isInUse}.
`;

/** As the contract bounds the tables of a task. */
const tableLimit = 100;

/** `konspekt browser …`. */
export function addBrowserCommand(program: Command, run: Run): void {
  const browser = program.command('browser').description('tasks that a browser does in the background').addHelpText('after', help);
  browser
    .command('run')
    .description('run a recipe and print what it has read')
    .argument('<recipe>', 'a JSON file, or the name of a saved recipe')
    .option('--param <name=value>', 'a value of the recipe; may be given several times', collected, [])
    .option('--chat <chat>', 'where its report goes; a chat of its own without it')
    .option('--login <login>', 'a login whose sites it is signed in to, by its name')
    .addOption(new Option('--format <format>', 'what is printed').choices(['text', 'csv', 'json']).default('text'))
    .action(run(async (ctx, recipe: string, options: RunRecipeOptions) => runRecipe(ctx, recipe, options)));
  browser
    .command('keep')
    .description('save what a finished task has done as a recipe')
    .argument('<task>', 'its id, or the beginning of it; see "konspekt jobs list"')
    .requiredOption('--name <name>', 'what to call the recipe')
    .option('--param <name=value>', 'a word of the task that may be another one next time, and its name; several times', collected, [])
    .action(run(async (ctx, task: string, options: KeepOptions) => keepRecipe(ctx, task, options)));
  browser
    .command('tables')
    .description('print what a task has read into tables')
    .argument('<task>', 'its id, or the beginning of it')
    .addOption(new Option('--format <format>', 'what is printed').choices(['csv', 'json']).default('csv'))
    .option('--table <number>', 'which one, from 1 (default: all)', countUpTo(tableLimit))
    .action(run(async (ctx, task: string, options: TableOptions) => printTables(ctx, task, options)));
  browser
    .command('recipes')
    .description('the recipes that were saved')
    .option('--json', 'as one JSON array', false)
    .action(run(async (ctx, options: { json: boolean }) => listRecipes(ctx, options)));
  browser
    .command('installed')
    .description('the browsers of this machine')
    .option('--json', 'as one JSON object', false)
    .action(run(async (ctx, options: { json: boolean }) => listBrowsers(ctx, options)));
  browser
    .command('logins')
    .description('the logins that tasks may have')
    .option('--json', 'as one JSON array', false)
    .action(run(async (ctx, options: { json: boolean }) => listLogins(ctx, options)));
  const login = browser.command('login').description('add a login, take one away, forget that it is signed in');
  login
    .command('add')
    .description('add a login for one or more sites')
    .argument('<name>', 'what it is called')
    .argument('<sites...>', 'hosts or addresses; it holds for exactly these hosts')
    .option('--user <name>', 'the user name or e-mail that forms ask for')
    .option('--password-stdin', 'the password comes on standard input', false)
    .action(run(async (ctx, name: string, sites: string[], options: AddLoginOptions) => addLogin(ctx, name, sites, options)));
  login
    .command('remove')
    .description('erase a login with all that it keeps')
    .argument('<name>')
    .action(run(async (ctx, name: string) => removeLogin(ctx, name)));
  login
    .command('forget')
    .description('forget that its sites are signed in to; name and password stay')
    .argument('<name>')
    .action(run(async (ctx, name: string) => forgetSession(ctx, name)));
}
