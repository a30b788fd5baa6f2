import type { Command } from 'commander';
import type { ApprovalAnswer, ApprovalView } from '../../../shared/domain/approval.ts';
import { randomUUID } from 'node:crypto';
import { withProgram } from '../attach.ts';
import { askWordsFor } from '../ask-words.ts';
import { askedLines, isOpen } from '../asked-lines.ts';
import type { CommandContext, Run } from '../command-context.ts';
import { CommandError, exitCodes, type ExitCode } from '../exit-codes.ts';
import { commandErrorOf, unwrap } from '../unwrap.ts';
import { findJob } from './jobs.ts';

const jobArgument = ['<task>', 'its id, or the beginning of it'] as const;

interface Given extends ApprovalAnswer {
  /** Null where it fits both. */
  readonly to: ApprovalView['type'] | null;
}

/** `jobs approve`, `deny` and `answer`. */
export function addAnswerVerbs(jobs: Command, run: Run): void {
  jobs
    .command('approve')
    .description('allow what a task asks for; "konspekt jobs show" tells what that is')
    .argument(...jobArgument)
    .option('--for-job', 'allow the same tool the same destination until the task ends', false)
    .action(
      run((ctx, id: string, { forJob }: { forJob: boolean }) =>
        answerJob(ctx, id, { to: 'approval', decision: 'allow', scope: forJob ? 'job' : 'once', answer: null }),
      ),
    );
  jobs
    .command('deny')
    .description('refuse what a task asks for, or decline to answer')
    .argument(...jobArgument)
    .action(run((ctx, id: string) => answerJob(ctx, id, { to: null, decision: 'deny', scope: 'once', answer: null })));
  jobs
    .command('answer')
    .description('answer a task’s question')
    .argument(...jobArgument)
    .argument('<words>', 'the answer, or one of the choices')
    .action(run((ctx, id: string, answer: string) => answerJob(ctx, id, { to: 'question', decision: 'allow', scope: 'once', answer })));
}

/** Answers the oldest question of the job. A program that is not running goes on with the job when it is started. */
function answerJob(context: CommandContext, given: string, { to, ...answer }: Given): Promise<ExitCode> {
  return withProgram(context, { works: false }, async ({ client }) => {
    const { words, locale, err } = context;
    const said = askWordsFor(locale);
    const jobId = await findJob(client, given, context);
    const { approvals } = unwrap(await client.call('approvals.list', { jobId }), words);
    const approval = approvals.find(isOpen);
    if (approval === undefined) throw new CommandError(exitCodes.notFound, said.nothingAsked(given));
    if (to !== null && to !== approval.type) throw new CommandError(exitCodes.usage, said.wrongType[approval.type]);
    const answered = await client.call('approvals.answer', { requestKey: randomUUID(), approvalId: approval.id, ...answer });
    if (!answered.ok) {
      switch (answered.error.code) {
        case 'unfit_answer':
          throw new CommandError(exitCodes.usage, answer.scope === 'job' ? said.notForJob : said.notAChoice);
        case 'already_answered':
        case 'expired':
        case 'no_longer_asked':
          throw new CommandError(exitCodes.notFound, said.tooLate);
        default:
          throw commandErrorOf(answered.error, words);
      }
    }
    // The question again: what was allowed stands in the terminal with its answer.
    for (const line of askedLines(approval, context).slice(0, -1)) err.write(`${line}\n`);
    err.write(`${said.said[approval.type][answer.decision]}\n`);
    return exitCodes.done;
  });
}
