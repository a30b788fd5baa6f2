import type { Command } from 'commander';
import type { Run } from './command-context.ts';
import { auditSynopsis } from './commands/audit.ts';

/** `konspekt synopsis audit`: the claims of a finished synopsis against their quotes. */
export function addAuditVerb(synopsis: Command, run: Run): void {
  synopsis
    .command('audit')
    .description('check the claims of a chat’s synopsis against their quotes, with the model')
    .argument('<chat>', 'the chat, by its id, title or a part of that')
    .option('--again', 'though it has been done', false)
    .option('--json', 'as JSON', false)
    .action(run(async (ctx, chat: string, options: { again: boolean; json: boolean }) => auditSynopsis(ctx, chat, options)));
}
