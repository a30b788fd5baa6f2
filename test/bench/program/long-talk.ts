import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { newId } from '../../../src/main/app/new-id.ts';
import { openStore } from '../../../src/main/store/open-store.ts';
import { messageId, sessionId } from '../../../src/shared/domain/ids.ts';

const readerEntry = pathToFileURL(join(import.meta.dirname, '..', '..', '..', 'src', 'main', 'store', 'reader-thread.ts'));
/** Messages of one transaction: a commit is then long enough to be cheap and short enough for the log. */
const messagesPerCommit = 2_000;
/** Chats begin a minute apart, the last of them a minute ago. */
const chatEveryMs = 60_000;

export interface Talk {
  readonly title: string;
  /** Questions and answers by turns. */
  readonly messages: number;
}

/** What is said in a message of such a chat: its own title, so that a page that shows it can be told from any other. */
export function saidIn(title: string, at: number): string {
  if (at % 2 === 0) return `«${title}», вопрос ${at / 2 + 1}: что сказано о сроках и о том, кто за них отвечает?`;
  return [
    `«${title}», ответ ${(at + 1) / 2}. Второй этап начинается **в сентябре** и длится шесть недель; за него отвечает Ирина.`,
    '',
    '- смета согласована, кроме третьего раздела;',
    '- договор с поставщиком продлён до конца года;',
    '- испытания насоса перенесены на две недели.',
    '',
    'Остальное в материалах не сказано.',
  ].join('\n');
}

/** Adds chats with nothing but talk to a data folder, through the repositories, and closes it in order. */
export async function writeLongTalk(dataDir: string, talks: readonly Talk[]): Promise<void> {
  const opened = openStore({ root: dataDir, readerEntry, nowMs: () => Date.now() });
  const { store } = opened;
  const firstAtMs = Date.now() - talks.length * chatEveryMs;
  const writes = talks.flatMap(({ title, messages }, chat) => {
    const session = newId(sessionId);
    const atMs = firstAtMs + chat * chatEveryMs;
    return [
      () => void store.sessions.insert({ id: session, title, demoLanguage: null, requestKey: null, atMs }),
      ...Array.from({ length: messages }, (_, at) => () => {
        store.messages.insert({
          id: newId(messageId),
          sessionId: session,
          role: at % 2 === 0 ? 'person' : 'assistant',
          state: 'completed',
          text: saidIn(title, at),
          note: null,
          jobId: null,
          documentIds: [],
          replyTo: null,
          requestKey: null,
          atMs,
        });
      }),
    ];
  });
  try {
    for (let from = 0; from < writes.length; from += messagesPerCommit)
      store.inTransaction(() => {
        for (const write of writes.slice(from, from + messagesPerCommit)) write();
      });
  } finally {
    await opened.close();
  }
}
