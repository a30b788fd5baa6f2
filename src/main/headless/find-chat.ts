import type { Client } from '../../shared/contract/client.ts';
import { sessionId, type SessionId } from '../../shared/domain/ids.ts';
import type { CommandContext } from './command-context.ts';
import { CommandError, exitCodes } from './exit-codes.ts';
import { printable } from './printable.ts';
import { scheduleWordsFor } from './schedule-words.ts';
import { unwrap } from './unwrap.ts';

/** Chats looked through for one that was named in words: the newest, a page of the contract. */
const chatsLookedAt = 200;
/** Chats named in answer to a name that fits many. */
const chatsNamed = 5;

/** The chat that a person means: by its id, the beginning of it, its title or a part of that. */
export async function findChat(client: Client, given: string, context: CommandContext): Promise<SessionId> {
  const words = scheduleWordsFor(context.locale);
  const whole = sessionId.safeParse(given);
  if (whole.success) return whole.data;
  const { sessions } = unwrap(await client.call('sessions.list', { limit: chatsLookedAt }), context.words);
  const wanted = given.toLocaleLowerCase();
  const named = (title: string | null) => title?.toLocaleLowerCase() ?? '';
  const whollyNamed = sessions.filter(session => named(session.title) === wanted);
  const fitting =
    whollyNamed.length === 1 ? whollyNamed : sessions.filter(({ id, title }) => id.startsWith(wanted) || named(title).includes(wanted));
  const [only, ...more] = fitting;
  if (only === undefined || wanted === '') throw new CommandError(exitCodes.notFound, words.noSuchChat(given));
  if (more.length > 0)
    throw new CommandError(
      exitCodes.usage,
      words.ambiguousChat(
        given,
        fitting.slice(0, chatsNamed).map(({ id, title }) => `  ${id}  ${printable(title ?? '')}`),
      ),
    );
  return only.id;
}
