import type { Client } from '../../../shared/contract/client.ts';
import { itemKey, readAudit, type SynopsisAudit } from '../../../shared/domain/synopsis-audit.ts';
import type { SynopsisVersion } from '../../../shared/domain/synopsis.ts';
import { withProgram } from '../attach.ts';
import { auditWordsFor, type AuditWords } from '../audit-words.ts';
import type { CommandContext } from '../command-context.ts';
import { CommandError, exitCodes, type ExitCode } from '../exit-codes.ts';
import { findChat } from '../find-chat.ts';
import { followJob } from '../follow-job.ts';
import { failureOf } from '../failure-words.ts';
import { printable } from '../printable.ts';
import { createProgressLine } from '../progress-line.ts';
import { unwrap } from '../unwrap.ts';
import { whileWaiting } from './jobs.ts';

export interface AuditOptions {
  readonly json: boolean;
  /** Looks at the claims anew though it has been done. */
  readonly again: boolean;
}

/** Has the claims of a chat's finished synopsis looked at, waits for it and prints those that do not hold. */
export function auditSynopsis(context: CommandContext, chat: string, { json, again }: AuditOptions): Promise<ExitCode> {
  const words = auditWordsFor(context.locale);
  return whileWaiting(context, signal =>
    withProgram(context, { works: true, signal }, async ({ client }) => {
      const sessionId = await findChat(client, chat, context);
      const opened = unwrap(await client.call('synopses.open', { sessionId }), context.words);
      const newest = opened.versions.filter(({ state }) => state === 'ready').toSorted((a, b) => b.number - a.number)[0];
      if (newest === undefined) throw new CommandError(exitCodes.notFound, words.noSynopsis);
      const { version } = unwrap(await client.call('synopses.open', { sessionId, versionId: newest.id }), context.words);
      if (version === null) throw new CommandError(exitCodes.notFound, words.noSynopsis);
      const audit = (again ? null : await auditOf(client, version, context)) ?? (await make(client, version, context, words, signal));
      if (json) context.out.write(`${JSON.stringify(audit)}\n`);
      else print(audit, version, context, words);
      return readAudit(audit, version.sections).summary.health === 1 ? exitCodes.done : exitCodes.issues;
    }),
  );
}

async function auditOf(client: Client, { id }: SynopsisVersion, { words }: CommandContext): Promise<SynopsisAudit | null> {
  return unwrap(await client.call('audits.open', { versionId: id }), words).audit;
}

async function make(
  client: Client,
  version: SynopsisVersion,
  context: CommandContext,
  words: AuditWords,
  signal: AbortSignal,
): Promise<SynopsisAudit> {
  const asked = await client.call('audits.request', { versionId: version.id });
  if (!asked.ok && asked.error.code === 'nothing_to_audit') throw new CommandError(exitCodes.failed, words.nothingToAudit);
  if (!asked.ok && asked.error.code === 'no_model') throw new CommandError(exitCodes.failed, words.noModel);
  const { job } = unwrap(asked, context.words);
  const ended = await followJob(client, job.id, createProgressLine(context.err), context.words, signal);
  if (ended.state === 'cancelled') throw new CommandError(exitCodes.cancelled, context.words.cancelled);
  const audit = ended.state === 'done' ? await auditOf(client, version, context) : null;
  if (audit === null) throw new CommandError(exitCodes.failed, context.words.failed(failureOf(ended, context.words)));
  return audit;
}

/** What holds is counted, what does not is named. */
function print(audit: SynopsisAudit, { sections }: SynopsisVersion, { out }: CommandContext, words: AuditWords): void {
  const { labels, summary } = readAudit(audit, sections);
  const figures = new Map(audit.items.map(item => [itemKey(item.section, item.item), item.foreignFigures]));
  for (const section of sections)
    for (const item of section.items) {
      const key = itemKey(section.kind, item.id);
      const label = labels.get(key);
      if (label === undefined || label === 'supported') continue;
      const foreign = figures.get(key) ?? [];
      out.write(`${words.label[label]}: ${printable(item.text)}${foreign.length > 0 ? ` (${words.foreign(foreign.join(', '))})` : ''}\n`);
    }
  out.write(`${summary.health === null ? words.notJudged : words.health(Math.round(summary.health * 100), summary)}\n`);
}
