import { messageId } from '../../../shared/domain/ids.ts';
import type { MessageView } from '../../../shared/domain/session.ts';
import type { HandlersOf } from '../../ipc/handlers.ts';
import { EngineError } from '../../engine/engine-api.ts';
import { ExpectedError } from '../../ipc/expected-error.ts';
import { newId } from '../new-id.ts';
import type { CallContext } from './call-context.ts';
import { expectFound } from './expect-found.ts';

/** A chat without a name is named by its first words; more would not fit the list. */
const titleChars = 60;

export function messageCalls({ store, engine, events, changes, now }: CallContext): HandlersOf<'messages'> {
  return {
    'messages.list': ({ sessionId, before, limit }) => {
      expectFound(store.sessions.get(sessionId), 'chat', sessionId);
      return { ...store.messages.page(sessionId, { before, limit }), revision: events.revision('messages.changed') };
    },

    'messages.send': ({ sessionId, requestKey, text, documentIds }) => {
      expectFound(store.sessions.get(sessionId), 'chat', sessionId);
      const earlier = store.messages.findByRequestKey(sessionId, requestKey);
      if (earlier?.answer != null) return { message: earlier.message, answer: earlier.answer };
      if (text.trim() === '' && documentIds.length === 0)
        throw new ExpectedError('empty_message', 'The message is empty. Write something or attach a document.');
      for (const id of documentIds) {
        if (store.documents.get(id)?.sessionId !== sessionId)
          throw new ExpectedError('not_found', `There is no document ${id} in this chat.`);
      }
      const atMs = now();
      const questionId = newId(messageId);
      const answerId = newId(messageId);
      const base = { sessionId, note: null, jobId: null };
      // One transaction: what the person was told is sent has its answer under way, whatever happens next.
      const sent = store.inTransaction(() => {
        const message = store.messages.insert({
          ...base,
          id: questionId,
          role: 'person',
          state: 'completed',
          text,
          documentIds,
          replyTo: null,
          requestKey,
          atMs,
        });
        const { jobId } = engine.enqueueInTransaction({
          kind: 'chat.answer',
          payload: { sessionId, messageId: answerId },
          idempotencyKey: `answer:${answerId}`,
          sessionId,
          title: titleOf(text),
        });
        const answer = store.messages.insert({
          ...base,
          id: answerId,
          role: 'assistant',
          state: 'pending',
          text: '',
          documentIds: [],
          replyTo: questionId,
          requestKey: null,
          jobId,
          atMs,
        });
        store.sessions.nameIfUnnamed(sessionId, titleOf(text));
        store.sessions.touch(sessionId, atMs);
        return { message, answer };
      });
      changes.messages(sessionId, [sent.message.id, sent.answer.id]);
      changes.sessions([sessionId]);
      return sent;
    },

    'messages.regenerate': () => {
      throw new ExpectedError('not_an_answer', 'Answers have no branches yet.');
    },
    'messages.edit': () => {
      throw new ExpectedError('not_a_question', 'Questions have no branches yet.');
    },
    'messages.showBranch': () => ({}),

    'messages.stop': async ({ messageId: id }) => {
      const message = expectFound(store.messages.get(id), 'message', id);
      if (message.jobId === null || isEnded(message)) throw new ExpectedError('already_finished', 'This answer has already ended.');
      const { jobId } = message;
      await engine.cancel(jobId);
      return expectFound(store.messages.get(id), 'message', id);
    },

    'messages.retry': async ({ messageId: id }) => {
      const message = expectFound(store.messages.get(id), 'message', id);
      if (message.jobId === null || (message.state !== 'failed' && message.state !== 'stopped')) {
        throw new ExpectedError('not_retryable', `Only a failed or stopped answer can be asked for again; this one is ${message.state}.`);
      }
      const { jobId } = message;
      try {
        await engine.retry(jobId);
      } catch (error) {
        // The same click twice: what it asks for is under way.
        if (!(error instanceof EngineError) || error.code !== 'already_running') throw error;
      }
      return expectFound(store.messages.get(id), 'message', id);
    },
  };
}

function isEnded(message: MessageView): boolean {
  return message.state === 'completed' || message.state === 'failed' || message.state === 'stopped';
}

function titleOf(text: string): string {
  const line = text.replace(/\s+/gu, ' ').trim();
  if (line.length <= titleChars) return line === '' ? '…' : line;
  const cut = line.slice(0, titleChars);
  const space = cut.lastIndexOf(' ');
  return `${(space > titleChars / 2 ? cut.slice(0, space) : cut).toWellFormed()}…`;
}
