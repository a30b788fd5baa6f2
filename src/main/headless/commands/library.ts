import { randomUUID } from 'node:crypto';
import type { CallOutput } from '../../../shared/contract/contract.ts';
import type { Language } from '../../../shared/domain/language.ts';
import type { Template } from '../../../shared/domain/synopsis.ts';
import { withProgram } from '../attach.ts';
import type { CommandContext } from '../command-context.ts';
import { CommandError, exitCodes, type ExitCode } from '../exit-codes.ts';
import { findChat } from '../find-chat.ts';
import { printable } from '../printable.ts';
import { unwrap } from '../unwrap.ts';
import { versionWordsFor } from '../version-words.ts';

/** The most main gives at once. */
const pageRows = 200;

export interface LibraryOptions {
  readonly template?: Template;
  readonly lang?: Language;
  readonly issues: boolean;
  readonly stale: boolean;
  readonly tag?: string;
  readonly limit: number;
  readonly json: boolean;
}

export function listLibrary(context: CommandContext, search: string, options: LibraryOptions): Promise<ExitCode> {
  const words = versionWordsFor(context.locale);
  return withProgram(context, { works: false }, async ({ client }) => {
    let before: string | null = null;
    for (let left = options.limit; left > 0;) {
      const page = {
        before,
        limit: Math.min(left, pageRows),
        search,
        template: options.template ?? null,
        language: options.lang ?? null,
        withIssues: options.issues,
        isStale: options.stale,
        tag: options.tag ?? null,
      };
      const result: CallOutput<'synopses.list'> = unwrap(await client.call('synopses.list', page), context.words);
      for (const row of result.synopses) {
        const facts = [
          ...(row.isStale ? [words.stale] : []),
          ...(row.issueCount > 0 ? [words.issues(row.issueCount)] : []),
          ...row.tags.map(tag => `#${tag}`),
        ];
        const line = [row.sessionId, new Date(row.finishedAtMs).toISOString(), row.title, ...facts].join('  ');
        context.out.write(`${options.json ? JSON.stringify(row) : printable(line)}\n`);
      }
      if (result.synopses.length === 0 && before === null && !options.json) context.err.write(`${words.empty}\n`);
      left -= result.synopses.length;
      before = result.next;
      if (before === null) break;
    }
    return exitCodes.done;
  });
}

export function listTags(context: CommandContext): Promise<ExitCode> {
  return withProgram(context, { works: false }, async ({ client }) => {
    const { tags } = unwrap(await client.call('synopses.tags', {}), context.words);
    for (const { name, count } of tags) context.out.write(`${count}  ${printable(name)}\n`);
    return exitCodes.done;
  });
}

export function tagSynopsis(
  context: CommandContext,
  chat: string,
  tags: readonly string[],
  options: { readonly none: boolean },
): Promise<ExitCode> {
  const words = versionWordsFor(context.locale);
  return withProgram(context, { works: false }, async ({ client }) => {
    const sessionId = await findChat(client, chat, context);
    const { version } = unwrap(await client.call('synopses.open', { sessionId }), context.words);
    if (version === null) throw new CommandError(exitCodes.notFound, words.noSynopsis);
    const { synopsisId } = version;
    const say = (names: readonly string[]): void =>
      void context.out.write(`${names.length === 0 ? words.noTags : words.tags(printable(names.join(', ')))}\n`);
    if (tags.length === 0 && !options.none) {
      const { synopses } = unwrap(await client.call('synopses.list', { limit: pageRows }), context.words);
      say(synopses.find(row => row.synopsisId === synopsisId)?.tags ?? []);
    } else {
      const call = { requestKey: randomUUID(), synopsisId, tags: options.none ? [] : [...tags] };
      say(unwrap(await client.call('synopses.setTags', call), context.words).tags);
    }
    return exitCodes.done;
  });
}

export function renameTag(context: CommandContext, from: string, to: string): Promise<ExitCode> {
  return withProgram(context, { works: false }, async ({ client }) => {
    unwrap(await client.call('synopses.renameTag', { requestKey: randomUUID(), from, to }), context.words);
    return exitCodes.done;
  });
}

export function removeTag(context: CommandContext, tag: string): Promise<ExitCode> {
  return withProgram(context, { works: false }, async ({ client }) => {
    unwrap(await client.call('synopses.removeTag', { requestKey: randomUUID(), tag }), context.words);
    return exitCodes.done;
  });
}
