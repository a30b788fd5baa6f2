import { z } from 'zod';
import { taskSpecs, type TaskInput, type TaskOutput } from '../../../shared/contract/worker/tasks.ts';
import type { ModelRole } from '../../../shared/domain/provider.ts';
import type { DocumentView } from '../../../shared/domain/document.ts';
import { messageId, sessionId, type JobId, type SessionId } from '../../../shared/domain/ids.ts';
import { workerOfKind } from '../../../shared/domain/job.ts';
import type { Language } from '../../../shared/domain/language.ts';
import type { createAgentHostCalls } from '../agents/agent-host-calls.ts';
import type { createAgentInput } from '../agents/agent-input.ts';
import type { AnswerTexts } from '../answers/answer-texts.ts';
import { untilDocumentsAreRead } from '../documents-being-read.ts';
import { escapeInline } from '../../../shared/export/escape-inline.ts';
import type { NetworkWaits } from '../models/network-waits.ts';
import type { JobKind } from '../../engine/job-kind.ts';
import type { Store } from '../../store/store.ts';

export const chatAnswerPayload = z.strictObject({ sessionId, messageId });
type Payload = z.output<typeof chatAnswerPayload>;

const secondMs = 1_000;
const minuteMs = 60 * secondMs;

/** Answers being written at once, each for a person who watches it: more chats than anybody has open. */
export const answersAtOnce = 8;

/** Said in the answer itself: without the document it may be another answer. */
const leftOutSentence: Readonly<Record<Language, (title: string) => string>> = {
  ru: title => `Документ «${title}» не просмотрен: его сохранённый текст повреждён. Прочитайте его заново или добавьте снова.`,
  en: title => `The document “${title}” was left out: its stored text is damaged. Have it read again or add it anew.`,
};

export interface ChatAnswerParams {
  /** The service whose model does what a role is for, as it is chosen now. */
  readonly serviceFor: (role: ModelRole) => string | null;
  readonly store: Store;
  readonly language: () => Language;
  /** Null where no model can be asked. */
  readonly inputFor: ReturnType<typeof createAgentInput>;
  /** Writes what is asked for into the message of the job. */
  readonly hostCall: ReturnType<typeof createAgentHostCalls>;
  readonly answers: Pick<AnswerTexts, 'textOf' | 'keep'>;
  readonly network: NetworkWaits;
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
 * Waits for the documents of its chat that are being read, whenever they were added. A model answers what was said up to the
 * question, and its text is shown while it is written. Without one: an answer of quoted passages from the session's documents,
 * or an honest word that there is none.
 */
export function chatAnswer({
  serviceFor,
  store,
  language,
  inputFor,
  hostCall,
  answers,
  network,
  isBeingRead,
  indexed,
  now,
  leftOut,
}: ChatAnswerParams): JobKind<Payload, TaskInput<'chat.answer'>, TaskOutput<'chat.answer'>> {
  const spec = taskSpecs['chat.answer'];
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
    concurrency: answersAtOnce,
    provider: () => serviceFor('chat'),
    // A person sits before it.
    priority: 100,
    // A model on the person's own machine may write for long, and its silence has limits of its own.
    timeLimitMs: 30 * minuteMs,
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
      const model = inputFor({
        jobId: job.id,
        sessionId: session,
        agent: 'assistant',
        task: null,
        upTo: question.id,
        inPlan: false,
        depth: 0,
      });
      if (model !== null) network.asks(job.id, model.connection.providerId);
      return {
        sessionId: session,
        messageId: job.payload.messageId,
        question: question.text,
        language: language(),
        hasDocuments: documents.some(document => document.state === 'ready'),
        documentsNotReady: documents.filter(isNotReady).length,
        model,
      };
    },

    hostCall: ({ id, payload }, name, input) => {
      const upTo = () => store.messages.questionOf(payload.messageId)?.id ?? null;
      return hostCall({ id, ...payload, upTo, depth: 0 }, name, input);
    },

    onStep(job, { name }) {
      // In the same commit: nobody is shown less of an answer than what is recorded of it, but for a moment's pieces.
      if (!name.startsWith('model:')) return;
      answers.keep(job.payload.messageId);
      network.answeredTo(job.id);
    },

    onEnd(job, end) {
      network.over(job.id);
      const id = job.payload.messageId;
      const atMs = now();
      const damaged = [...(leftOut.get(job.id) ?? [])];
      if (end.state === 'done') {
        const { note, citations } = end.output;
        const text = [end.output.text, ...damaged.map(title => leftOutSentence[language()](escapeInline(title)))];
        store.messages.update(id, { state: 'completed', text: text.filter(part => part !== '').join('\n\n'), note, citations }, atMs);
      } else {
        const written = answers.textOf(id);
        const state = end.state === 'failed' ? 'failed' : 'stopped';
        store.messages.update(id, { state, error: end.error?.code ?? null, ...(written === null ? {} : { text: written }) }, atMs);
      }
      store.sessions.touch(job.payload.sessionId, atMs);
      if (end.state !== 'cancelled') store.sessions.markUnread(job.payload.sessionId);
    },

    onRetry(job) {
      store.messages.update(job.payload.messageId, { state: 'pending', error: null }, now());
    },
  };
}
