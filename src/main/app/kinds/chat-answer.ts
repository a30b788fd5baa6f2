import { z } from 'zod';
import { hostCallSpecs, taskSpecs, type HostCallInput, type TaskInput, type TaskOutput } from '../../../shared/contract/worker/tasks.ts';
import type { DocumentView } from '../../../shared/domain/document.ts';
import { messageId, sessionId, type JobId, type SessionId } from '../../../shared/domain/ids.ts';
import { workerOfKind } from '../../../shared/domain/job.ts';
import type { Language } from '../../../shared/domain/language.ts';
import type { FoundPassages } from '../damaged-snapshots.ts';
import { untilDocumentsAreRead } from '../documents-being-read.ts';
import { escapeInline } from '../export/escape-inline.ts';
import type { JobKind } from '../../engine/job-kind.ts';
import type { Store } from '../../store/store.ts';

export const chatAnswerPayload = z.strictObject({ sessionId, messageId });
type Payload = z.output<typeof chatAnswerPayload>;

const secondMs = 1_000;

/** Said in the answer itself: without the document it may be another answer. */
const leftOutSentence: Readonly<Record<Language, (title: string) => string>> = {
  ru: title => `Документ «${title}» не просмотрен: его сохранённый текст повреждён. Прочитайте его заново или добавьте снова.`,
  en: title => `The document “${title}” was left out: its stored text is damaged. Have it read again or add it anew.`,
};

export interface ChatAnswerParams {
  readonly store: Store;
  readonly language: () => Language;
  readonly searchPassages: (query: HostCallInput<'passages.search'>) => Promise<FoundPassages>;
  /** Whether a document of the session is being read, or will be soon. */
  readonly isBeingRead: (session: SessionId) => boolean;
  /** Resolves once what has been read can be found, or a person would wait no longer. */
  readonly indexed: () => Promise<void>;
  readonly now: () => number;
  /**
   * Titles of damaged documents by job, for whoever hears the job's end to delete: a transaction that ends it may be run
   * twice. A restart forgets them together with the search that found them.
   */
  readonly leftOut: Map<JobId, Set<string>>;
}

/**
 * Waits for the documents of its chat that are being read, whenever they were added. Without a model: an answer of quoted passages from the session's documents, or an honest word that
 * there is none.
 */
export function chatAnswer({
  store,
  language,
  searchPassages,
  isBeingRead,
  indexed,
  now,
  leftOut,
}: ChatAnswerParams): JobKind<Payload, TaskInput<'chat.answer'>, TaskOutput<'chat.answer'>> {
  const spec = taskSpecs['chat.answer'];
  function leftOutOf(job: JobId): Set<string> {
    const known = leftOut.get(job) ?? new Set();
    leftOut.set(job, known);
    return known;
  }
  const isNotReady = ({ state, snapshotHash }: DocumentView) =>
    state === 'importing' || (snapshotHash !== null && !store.snapshots.isIndexed(snapshotHash));

  return {
    name: 'chat.answer',
    worker: workerOfKind['chat.answer'],
    payload: chatAnswerPayload,
    input: spec.input,
    output: spec.output,
    steps: spec.steps,
    effects: spec.effects,
    concurrency: 2,
    // A person sits before it.
    priority: 100,
    timeLimitMs: 60 * secondMs,
    retry: { delaysMs: [secondMs, 5 * secondMs], jitter: 0.2 },
    recovery: 'resume',

    async prepare(job) {
      const question = store.messages.questionOf(job.payload.messageId);
      if (question === null) throw new Error(`Message ${job.payload.messageId} answers no message that is in the database.`);
      const { sessionId: session } = job.payload;
      // Who asks right after adding a document asks about it.
      if (isBeingRead(session)) throw untilDocumentsAreRead(session, isBeingRead, now());
      await indexed();
      // After the wait, in which more may have become ready.
      const documents = store.documents.list(session);
      return {
        sessionId: session,
        messageId: job.payload.messageId,
        question: question.text,
        language: language(),
        hasDocuments: documents.some(document => document.state === 'ready'),
        documentsNotReady: documents.filter(isNotReady).length,
        model: null,
      };
    },

    async hostCall(job, name, input) {
      if (name !== 'passages.search') throw new Error(`chat.answer asks for "${name}", which it may not.`);
      const { passages, leftOut: damaged } = await searchPassages(hostCallSpecs['passages.search'].input.parse(input));
      for (const title of damaged) leftOutOf(job.id).add(title);
      return passages;
    },

    onEnd(job, end) {
      const id = job.payload.messageId;
      const atMs = now();
      const damaged = [...(leftOut.get(job.id) ?? [])];
      if (end.state === 'done') {
        const { note, citations } = end.output;
        const text = [end.output.text, ...damaged.map(title => leftOutSentence[language()](escapeInline(title)))];
        store.messages.update(id, { state: 'completed', text: text.filter(part => part !== '').join('\n\n'), note, citations }, atMs);
      } else store.messages.update(id, { state: end.state === 'failed' ? 'failed' : 'stopped', error: end.error?.code ?? null }, atMs);
      store.sessions.touch(job.payload.sessionId, atMs);
      if (end.state !== 'cancelled') store.sessions.markUnread(job.payload.sessionId);
    },

    onRetry(job) {
      store.messages.update(job.payload.messageId, { state: 'pending', error: null }, now());
    },
  };
}
