import { branchLimit, type MessageView } from '../../../shared/domain/session.ts';
import { messageId, type DocumentId, type MessageId, type SessionId } from '../../../shared/domain/ids.ts';
import { agentTaskLimit } from '../../../shared/domain/agent.ts';
import type { HandlersOf } from '../../ipc/handlers.ts';
import { EngineError } from '../../engine/engine-api.ts';
import { ExpectedError } from '../../ipc/expected-error.ts';
import { beginInTransaction, providerOf } from '../agents/background-work.ts';
import { newId } from '../new-id.ts';
import { titleOf } from '../title-of.ts';
import type { CallContext } from './call-context.ts';
import { expectFound } from './expect-found.ts';

export function messageCalls({ store, jobViews, engine, events, changes, answers, models, now }: CallContext): HandlersOf<'messages'> {
  /** What is sent to a window says what has been written so far. */
  function found(id: MessageId): MessageView {
    return answers.asShown(expectFound(store.messages.get(id), 'message', id));
  }

  function withJob(message: MessageView, answer: MessageView) {
    return { message, answer, job: answer.jobId === null ? null : jobViews.view(answer.jobId) };
  }

  function expectModel(): void {
    if (!models.canAnswer().can)
      throw new ExpectedError('no_model', 'No model is connected that could work on this in the background. Connect one first.');
  }

  /** In transaction. */
  function insertQuestion(question: {
    readonly sessionId: SessionId;
    readonly text: string;
    readonly documentIds: readonly DocumentId[];
    readonly requestKey: string;
    readonly inPlaceOf?: MessageId;
  }): MessageView {
    return store.messages.insert({
      ...question,
      id: newId(messageId),
      role: 'person',
      state: 'completed',
      note: null,
      replyTo: null,
      jobId: null,
      atMs: now(),
    });
  }

  /** In transaction: the answer and the job that writes it. */
  function insertAnswer(question: MessageView, requestKey: string | null): MessageView {
    const { sessionId } = question;
    const id = newId(messageId);
    const { jobId } = engine.enqueueInTransaction({
      kind: 'chat.answer',
      payload: { sessionId, messageId: id },
      idempotencyKey: `answer:${id}`,
      sessionId,
      title: titleOf(question.text),
      ...(models.canAnswer().can ? providerOf(models) : {}),
    });
    const atMs = now();
    const answer = store.messages.insert({
      id,
      sessionId,
      role: 'assistant',
      state: 'pending',
      text: '',
      note: null,
      documentIds: [],
      replyTo: question.id,
      requestKey,
      jobId,
      atMs,
    });
    store.sessions.touch(sessionId, atMs);
    return answer;
  }

  /** In transaction: the answer is work in the background. A text longer than a task is in the conversation as a whole. */
  function insertBackgroundAnswer(question: MessageView): MessageView {
    const { message } = beginInTransaction(
      { store, engine, now, models },
      {
        sessionId: question.sessionId,
        agent: 'assistant',
        task: question.text.slice(0, agentTaskLimit).toWellFormed(),
        title: titleOf(question.text),
        upTo: question.id,
        depth: 1,
        replyTo: question.id,
        requestKey: question.id,
      },
    );
    if (message === null) throw new Error(`Work on the message ${question.id} was begun before the message was there.`);
    return message;
  }

  /** Puts another branch in the place of the shown one. What was being written there is stopped: nobody reads it. */
  async function inAnotherBranch<T>(sessionId: SessionId, insert: () => T): Promise<T> {
    const { inserted, hidden } = store.inTransaction(() => {
      const before = store.messages.underWay(sessionId);
      const made = { value: insert() };
      const still = new Set(store.messages.underWay(sessionId).map(({ id }) => id));
      return { inserted: made, hidden: before.filter(({ id }) => !still.has(id)) };
    });
    changes.branched(sessionId);
    changes.sessions([sessionId]);
    // One that ends in the meantime needs no stopping.
    await Promise.allSettled(hidden.flatMap(({ jobId }) => (jobId === null ? [] : [engine.cancel(jobId)])));
    return inserted.value;
  }

  function expectRoom(message: MessageView): void {
    if ((message.branch?.count ?? 1) >= branchLimit)
      throw new ExpectedError('too_many_branches', `There are ${branchLimit} versions here, as many as are kept. Ask in a new message.`);
  }

  return {
    'messages.list': ({ sessionId, before, limit }) => {
      expectFound(store.sessions.get(sessionId), 'chat', sessionId);
      const page = store.messages.page(sessionId, { before, limit });
      return { messages: page.messages.map(answers.asShown), next: page.next, revision: events.revision('messages.changed') };
    },

    'messages.send': ({ sessionId, requestKey, text, documentIds, inBackground }) => {
      expectFound(store.sessions.get(sessionId), 'chat', sessionId);
      const earlier = store.messages.findByRequestKey(sessionId, requestKey);
      if (earlier?.answer != null) return withJob(earlier.message, answers.asShown(earlier.answer));
      if (text.trim() === '' && documentIds.length === 0)
        throw new ExpectedError('empty_message', 'The message is empty. Write something or attach a document.');
      if (inBackground) {
        expectModel();
        if (text.trim() === '')
          throw new ExpectedError('empty_message', 'Say what is to be done in the background: there is a document and no word about it.');
      }
      for (const id of documentIds) {
        if (store.documents.get(id)?.sessionId !== sessionId)
          throw new ExpectedError('not_found', `There is no document ${id} in this chat.`);
      }
      // One transaction: what the person was told is sent has its answer under way, whatever happens next.
      const sent = store.inTransaction(() => {
        const message = insertQuestion({ sessionId, text, documentIds, requestKey });
        const answer = inBackground ? insertBackgroundAnswer(message) : insertAnswer(message, null);
        store.sessions.nameIfUnnamed(sessionId, titleOf(text));
        return { message, answer };
      });
      changes.messages(sessionId, [sent.message.id, sent.answer.id]);
      changes.sessions([sessionId]);
      return withJob(sent.message, sent.answer);
    },

    'messages.stop': async ({ messageId: id }) => {
      const message = found(id);
      if (message.jobId === null || isEnded(message)) throw new ExpectedError('already_finished', 'This answer has already ended.');
      const { jobId } = message;
      await engine.cancel(jobId);
      return found(id);
    },

    'messages.retry': async ({ messageId: id }) => {
      const message = found(id);
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
      return found(id);
    },

    'messages.regenerate': async ({ messageId: id, requestKey }) => {
      const message = expectFound(store.messages.get(id), 'message', id);
      const earlier = store.messages.findByRequestKey(message.sessionId, requestKey);
      if (earlier !== null) return { answer: answers.asShown(earlier.message) };
      const question = store.messages.questionOf(id);
      if (question === null)
        throw new ExpectedError('not_an_answer', 'This message answers no question, so there is nothing to answer anew.');
      expectRoom(message);
      return { answer: await inAnotherBranch(message.sessionId, () => insertAnswer(question, requestKey)) };
    },

    'messages.edit': async ({ messageId: id, requestKey, text }) => {
      const before = expectFound(store.messages.get(id), 'message', id);
      const { sessionId, documentIds } = before;
      const earlier = store.messages.findByRequestKey(sessionId, requestKey);
      if (earlier?.answer != null) return { message: earlier.message, answer: answers.asShown(earlier.answer) };
      if (before.role !== 'person') throw new ExpectedError('not_a_question', 'Only a message of the person can be worded anew.');
      if (text.trim() === '' && documentIds.length === 0)
        throw new ExpectedError('empty_message', 'The message is empty. Write something.');
      expectRoom(before);
      return inAnotherBranch(sessionId, () => {
        const message = insertQuestion({ sessionId, text, documentIds, requestKey, inPlaceOf: id });
        return { message, answer: insertAnswer(message, null) };
      });
    },

    'messages.showBranch': ({ messageId: id }) => {
      const { sessionId } = expectFound(store.messages.get(id), 'message', id);
      if (store.messages.showBranch(id)) changes.branched(sessionId);
      return {};
    },
  };
}

function isEnded(message: MessageView): boolean {
  return message.state === 'completed' || message.state === 'failed' || message.state === 'stopped';
}
