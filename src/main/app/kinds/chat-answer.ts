import { z } from 'zod';
import {
  hostCallSpecs,
  taskSpecs,
  type HostCallInput,
  type HostCallOutput,
  type TaskInput,
  type TaskOutput,
} from '../../../shared/contract/worker/tasks.ts';
import type { DocumentView } from '../../../shared/domain/document.ts';
import { messageId, sessionId } from '../../../shared/domain/ids.ts';
import type { Language } from '../../../shared/domain/language.ts';
import type { JobKind } from '../../engine/job-kind.ts';
import type { Store } from '../../store/store.ts';

export const chatAnswerPayload = z.strictObject({ sessionId, messageId });
type Payload = z.output<typeof chatAnswerPayload>;

const secondMs = 1_000;

export interface ChatAnswerParams {
  readonly store: Store;
  readonly language: () => Language;
  readonly searchPassages: (query: HostCallInput<'passages.search'>) => Promise<HostCallOutput<'passages.search'>>;
  /** Resolves once what has been read can be found, or a person would wait no longer. */
  readonly indexed: () => Promise<void>;
  readonly now: () => number;
}

/** Without a model: an answer of quoted passages from the session's documents, or an honest word that there is none. */
export function chatAnswer({
  store,
  language,
  searchPassages,
  indexed,
  now,
}: ChatAnswerParams): JobKind<Payload, TaskInput<'chat.answer'>, TaskOutput<'chat.answer'>> {
  const spec = taskSpecs['chat.answer'];
  const isNotReady = ({ state, snapshotHash }: DocumentView) =>
    state === 'importing' || (snapshotHash !== null && !store.snapshots.isIndexed(snapshotHash));

  return {
    name: 'chat.answer',
    worker: 'agent',
    payload: chatAnswerPayload,
    input: spec.input,
    output: spec.output,
    steps: spec.steps,
    concurrency: 2,
    // A person sits before it.
    priority: 100,
    timeLimitMs: 60 * secondMs,
    retry: { delaysMs: [secondMs, 5 * secondMs], jitter: 0.2 },
    recovery: 'resume',

    async prepare(job) {
      const question = store.messages.questionOf(job.payload.messageId);
      if (question === null) throw new Error(`Message ${job.payload.messageId} answers no message that is in the database.`);
      const documents = store.documents.list(job.payload.sessionId);
      await indexed();
      return {
        sessionId: job.payload.sessionId,
        messageId: job.payload.messageId,
        question: question.text,
        language: language(),
        hasDocuments: documents.some(document => document.state === 'ready'),
        documentsNotReady: documents.filter(isNotReady).length,
      };
    },

    async hostCall(_job, name, input) {
      if (name !== 'passages.search') throw new Error(`chat.answer asks for "${name}", which it may not.`);
      return searchPassages(hostCallSpecs['passages.search'].input.parse(input));
    },

    onEnd(job, end) {
      const id = job.payload.messageId;
      const atMs = now();
      if (end.state === 'done')
        store.messages.update(
          id,
          { state: 'completed', text: end.output.text, note: end.output.note, citations: end.output.citations },
          atMs,
        );
      else store.messages.update(id, { state: end.state === 'failed' ? 'failed' : 'stopped', error: end.error?.code ?? null }, atMs);
      store.sessions.touch(job.payload.sessionId, atMs);
      if (end.state !== 'cancelled') store.sessions.markUnread(job.payload.sessionId);
    },

    onRetry(job) {
      store.messages.update(job.payload.messageId, { state: 'pending', error: null }, now());
    },
  };
}
