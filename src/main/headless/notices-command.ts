import type { Command } from 'commander';
import type { Run } from './command-context.ts';
import { listNotices, readNotices } from './commands/notices.ts';
import { count } from './count-argument.ts';
import { refuseUnknownVerb } from './refuse-unknown-verb.ts';

/** As many as a terminal shows without scrolling far. */
const usualListLength = 20;

const noticesHelp = `
What happened without you: tasks that are done or failed, questions, used up limits, missed schedules, new versions. It is the list under
the bell of the window; ● is unread. What was answered, wherever, is unread no more.

Which of them the system shows is set with "konspekt settings set notify-… system | centre | nothing", and when nothing is shown with
quiet-hours, quiet-from, quiet-to and quiet-days.

Examples:
  konspekt notices list --unread
  konspekt notices read --all

JSON of list (one a line): id, event, atMs, title, jobId or null, sessionId or null, isRead, isOver.
`;

/** `konspekt notices …`. */
export function addNoticesCommand(program: Command, run: Run): void {
  const notices = program.command('notices').description('what happened without you').addHelpText('after', noticesHelp);
  const list = notices
    .command('list', { isDefault: true })
    .description('newest first')
    .option('--unread', 'only what has not been read', false)
    .option('--limit <number>', 'at most so many', count, usualListLength)
    .option('--json', 'one JSON object a line; see "konspekt notices --help"', false)
    .action(run((ctx, options: { unread: boolean; limit: number; json: boolean }) => listNotices(ctx, options)));
  refuseUnknownVerb(notices, list);
  notices
    .command('read')
    .description('mark as read')
    .argument('[id...]', 'ids, or their beginnings')
    .option('--all', 'everything', false)
    .action(run((ctx, ids: string[], options: { all: boolean }) => readNotices(ctx, ids, options)));
}
