import type { CallArgs, CallName, CallOutput } from '../../src/shared/contract/contract.ts';
import type { MessageId, SessionId } from '../../src/shared/domain/ids.ts';
import type { JobView } from '../../src/shared/domain/job.ts';
import type { MessageView } from '../../src/shared/domain/session.ts';

type MessageCall = Exclude<Extract<CallName, `messages.${string}`>, 'messages.list'>;
type MessageHandlers = { readonly [N in MessageCall]: (args: CallArgs<N>) => CallOutput<N> };

interface MemoryMessagesDeps {
  readonly messages: Map<MessageId, MessageView>;
  readonly newMessage: (session: SessionId, role: MessageView['role'], text: string, patch?: Partial<MessageView>) => MessageView;
  readonly newAnswerJob: (session: SessionId, title: string) => JobView;
  readonly have: (id: MessageId) => MessageView;
  readonly refuse: (code: 'empty_message' | 'not_an_answer' | 'not_a_question' | 'no_model') => never;
  readonly canAnswer: () => boolean;
  readonly changed: (event: { sessionId: SessionId; messages: MessageView[]; branched?: true }) => void;
  readonly delta: (event: { sessionId: SessionId; messageId: MessageId; at: number; text: string }) => void;
  /** A message was said in the chat. */
  readonly said: (session: SessionId, text: string) => void;
}

/** Messages of the host in memory: a tree by what each follows, of which a chat shows one way down. */
export function createMemoryMessages({
  messages,
  newMessage,
  newAnswerJob,
  have,
  refuse,
  canAnswer,
  changed,
  delta,
  said,
}: MemoryMessagesDeps) {
  /** What a message follows, where that is not simply the one before it. */
  const follows = new Map<MessageId, MessageId | null>();
  /** Which of the messages that follow one is shown; the newest, where nobody chose. */
  const choices = new Map<string, MessageId>();
  const beginning = (session: SessionId): string => `beginning of ${session}`;

  function childrenIn(session: SessionId): ReadonlyMap<string, readonly MessageView[]> {
    const own = [...messages.values()].filter(({ sessionId }) => sessionId === session).sort((a, b) => (a.id < b.id ? -1 : 1));
    const children = new Map<string, MessageView[]>();
    for (const [at, message] of own.entries()) {
      const before = follows.has(message.id) ? follows.get(message.id) : own[at - 1]?.id;
      const key = before ?? beginning(session);
      children.set(key, [...(children.get(key) ?? []), message]);
    }
    return children;
  }

  /** The messages a chat shows, oldest first. */
  function shown(session: SessionId): readonly MessageView[] {
    const children = childrenIn(session);
    const way: MessageView[] = [];
    for (let key = beginning(session); ;) {
      const beside = children.get(key) ?? [];
      const next = beside.find(({ id }) => id === choices.get(key)) ?? beside.at(-1);
      if (next === undefined) return way;
      const ids = beside.map(({ id }) => id);
      way.push(ids.length < 2 ? next : { ...next, branch: { index: ids.indexOf(next.id), count: ids.length, ids } });
      key = next.id;
    }
  }

  /** What the message follows in the chat as it is shown. */
  function before({ id, sessionId }: MessageView): MessageId | null {
    const way = shown(sessionId);
    return way[way.findIndex(message => message.id === id) - 1]?.id ?? null;
  }

  function put(...all: MessageView[]): void {
    for (const message of all) {
      if (!messages.has(message.id) && !follows.has(message.id)) follows.set(message.id, shown(message.sessionId).at(-1)?.id ?? null);
      const { branch: _, ...plain } = message;
      messages.set(message.id, plain);
    }
    const first = all[0];
    if (!first) return;
    const way = new Map(shown(first.sessionId).map(message => [message.id, message]));
    changed({ sessionId: first.sessionId, messages: all.map(({ id, ...rest }) => way.get(id) ?? { id, ...rest }) });
  }

  /** Puts messages beside `old`, one after the other, and shows them. */
  function branch(old: MessageView, ...added: MessageView[]): void {
    let after = before(old);
    const key = after ?? beginning(old.sessionId);
    for (const message of added) {
      follows.set(message.id, after);
      messages.set(message.id, message);
      after = message.id;
    }
    if (added[0]) choices.set(key, added[0].id);
    changed({ sessionId: old.sessionId, messages: [], branched: true });
  }

  const pendingOf = (session: SessionId, job: JobView): MessageView =>
    newMessage(session, 'assistant', '', { state: 'pending', jobId: job.id });
  const pending = (session: SessionId, title: string): MessageView => pendingOf(session, newAnswerJob(session, title));
  const asShown = (message: MessageView): MessageView => shown(message.sessionId).find(({ id }) => id === message.id) ?? message;

  const handlers: MessageHandlers = {
    'messages.send': ({ sessionId, text, documentIds, inBackground }) => {
      if (text.trim() === '' && documentIds.length === 0) refuse('empty_message');
      if (inBackground && !canAnswer()) refuse('no_model');
      const message = newMessage(sessionId, 'person', text, { documentIds });
      const job = newAnswerJob(sessionId, text.slice(0, 80));
      const answer: MessageView = {
        ...pendingOf(sessionId, job),
        ...(inBackground ? { note: 'background_started', text: text.slice(0, 80), state: 'completed' } : {}),
      };
      put(message, answer);
      said(sessionId, text);
      return { message, answer, job };
    },
    'messages.stop': ({ messageId: id }) => {
      const stopped: MessageView = { ...have(id), state: 'stopped' };
      put(stopped);
      return stopped;
    },
    'messages.retry': ({ messageId: id }) => {
      const again: MessageView = { ...have(id), state: 'pending', text: '', error: null };
      put(again);
      return again;
    },
    'messages.regenerate': ({ messageId: id }) => {
      const old = have(id);
      if (old.role !== 'assistant') refuse('not_an_answer');
      const answer = pending(old.sessionId, '');
      branch(old, answer);
      return { answer: asShown(answer) };
    },
    'messages.edit': ({ messageId: id, text }) => {
      const old = have(id);
      if (old.role !== 'person') refuse('not_a_question');
      if (text.trim() === '' && old.documentIds.length === 0) refuse('empty_message');
      const message = newMessage(old.sessionId, 'person', text, { documentIds: old.documentIds });
      const answer = pending(old.sessionId, text.slice(0, 80));
      branch(old, message, answer);
      return { message: asShown(message), answer };
    },
    'messages.showBranch': ({ messageId: id }) => {
      const message = have(id);
      for (const [key, children] of childrenIn(message.sessionId)) if (children.some(child => child.id === id)) choices.set(key, id);
      changed({ sessionId: message.sessionId, messages: [], branched: true });
      return {};
    },
  };

  return {
    handlers,
    shown,
    put,
    /** What an answer reads from `at` on, as a job writes it: windows are told the piece alone. */
    write(id: MessageId, at: number, text: string): void {
      const message = have(id);
      messages.set(id, { ...message, state: 'streaming', text: message.text.slice(0, at) + text });
      delta({ sessionId: message.sessionId, messageId: id, at, text });
    },
  };
}
