import type { Client } from '../../../shared/contract/client.ts';
import { pageLimit } from '../../../shared/contract/pagination.ts';
import type { NoticeId } from '../../../shared/domain/ids.ts';
import { noticesKept, type NoticeView } from '../../../shared/domain/notice.ts';
import { noticeHeads } from '../../../shared/domain/notice-words.ts';
import { spokenLanguage } from '../../app/spoken-language.ts';
import { withProgram } from '../attach.ts';
import type { CommandContext } from '../command-context.ts';
import { CommandError, exitCodes, type ExitCode } from '../exit-codes.ts';
import { noticeWordsFor } from '../notice-words.ts';
import { printable } from '../printable.ts';
import { unwrap } from '../unwrap.ts';

/** All that are kept, newest first, until `enough` of them are there. */
async function read(client: Client, { words }: CommandContext, enough: (found: readonly NoticeView[]) => boolean): Promise<NoticeView[]> {
  const found: NoticeView[] = [];
  let before: string | null = null;
  do {
    const page: { notices: NoticeView[]; next: string | null } = unwrap(
      await client.call('notices.list', { before, limit: pageLimit }),
      words,
    );
    found.push(...page.notices);
    before = page.next;
  } while (before !== null && !enough(found));
  return found;
}

const isUnread = ({ isRead, isOver }: NoticeView): boolean => !isRead && !isOver;

export function listNotices(
  context: CommandContext,
  { unread, limit, json }: { readonly unread: boolean; readonly limit: number; readonly json: boolean },
): Promise<ExitCode> {
  return withProgram(context, { works: false }, async ({ client }) => {
    const wanted = (notices: readonly NoticeView[]) => (unread ? notices.filter(isUnread) : notices);
    const shown = wanted(await read(client, context, found => wanted(found).length >= limit)).slice(0, limit);
    const words = noticeWordsFor(context.locale);
    if (json) for (const notice of shown) context.out.write(`${JSON.stringify(notice)}\n`);
    else if (shown.length === 0) context.out.write(`${unread ? words.noneUnread : words.none}\n`);
    else for (const notice of shown) context.out.write(`${noticeLine(notice, context)}\n`);
    return exitCodes.done;
  });
}

/** An unread one has a mark before its id. */
function noticeLine(notice: NoticeView, { locale }: CommandContext): string {
  const at = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(notice.atMs);
  const head = noticeHeads[spokenLanguage(locale)][notice.event];
  const over = notice.isOver ? ` (${noticeWordsFor(locale).over})` : '';
  const about = notice.title === '' ? '' : `: ${printable(notice.title)}`;
  return `${isUnread(notice) ? '●' : ' '} ${notice.id}  ${at}  ${head}${over}${about}`;
}

/** Marks these as read, or all. */
export function readNotices(context: CommandContext, given: readonly string[], { all }: { readonly all: boolean }): Promise<ExitCode> {
  const words = noticeWordsFor(context.locale);
  if (all === given.length > 0) throw new CommandError(exitCodes.usage, words.whatToRead);
  return withProgram(context, { works: false }, async ({ client }) => {
    const kept = await read(client, context, found => found.length >= noticesKept);
    const meant = all ? kept : given.map(id => find(kept, id, context));
    const ids: NoticeId[] = meant.filter(isUnread).map(({ id }) => id);
    unwrap(await client.call('notices.read', { ids: all ? null : ids }), context.words);
    context.out.write(`${words.read(new Set(ids).size)}\n`);
    return exitCodes.done;
  });
}

function find(kept: readonly NoticeView[], given: string, { locale }: CommandContext): NoticeView {
  const words = noticeWordsFor(locale);
  const matching = kept.filter(({ id }) => id.startsWith(given));
  const [only] = matching;
  if (only === undefined) throw new CommandError(exitCodes.notFound, words.noSuchNotice(printable(given)));
  if (matching.length > 1) throw new CommandError(exitCodes.usage, words.ambiguous(printable(given)));
  return only;
}
