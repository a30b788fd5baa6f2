import type { JobId } from '../../../shared/domain/ids.ts';
import type { Engine } from '../../engine/engine-api.ts';
import { EngineError } from '../../engine/engine-api.ts';
import type { Reader } from '../../store/reader.ts';
import type { Store } from '../../store/store.ts';
import { providerOf } from '../agents/background-work.ts';
import type { Models } from '../models/models.ts';

export interface PassageEmbedder {
  /** There may be passages that the chosen model has not put into numbers; a job does it. Nothing where no model is chosen. */
  wake(): void;
  /** A job has ended: the next one goes on, unless this one has found nothing that it could do. */
  ended(): void;
  /** The job that was asked for last in this run of the program. */
  job(): JobId | null;
  close(): Promise<void>;
}

/** Sees to it that a job puts new passages into numbers. One job at a time; at its end it is looked again. */
export function createPassageEmbedder({
  store,
  reader,
  models,
  engine,
  title,
  report,
}: {
  readonly store: Pick<Store, 'inTransaction'>;
  readonly reader: Pick<Reader, 'vectorHealth'>;
  readonly models: Pick<Models, 'choiceFor' | 'canAnswer'>;
  readonly engine: () => Pick<Engine, 'enqueueInTransaction'>;
  /** Of the job, in the person's language. */
  readonly title: () => string;
  readonly report: (error: unknown) => void;
}): PassageEmbedder {
  let looking: Promise<void> | null = null;
  let isAskedAgain = false;
  let isClosed = false;
  /** How far it had come when the last job was asked for. */
  let doneBefore: number | null = null;

  async function look(isNew: boolean): Promise<void> {
    const choice = models.choiceFor('embeddings');
    if (choice === null || !models.canAnswer('embeddings').can) return;
    const { providerId, modelId } = choice;
    const { total, done } = await reader.vectorHealth({ providerId, modelId });
    // Passages of a damaged text never get there.
    if (isClosed || done >= total || (!isNew && done === doneBefore)) return;
    doneBefore = done;
    store.inTransaction(() => {
      job = engine().enqueueInTransaction({
        kind: 'passages.embed',
        payload: { providerId, modelId },
        idempotencyKey: `embed:${providerId}:${modelId}`,
        sessionId: null,
        title: title(),
        ...providerOf(models, 'embeddings'),
      }).jobId;
    });
  }

  let job: JobId | null = null;
  let isNewAsked = false;
  function wake(isNew: boolean): void {
    if (isClosed) return;
    isAskedAgain = true;
    isNewAsked ||= isNew;
    looking ??= (async () => {
      while (isAskedAgain && !isClosed) {
        isAskedAgain = false;
        const isForNew = isNewAsked;
        isNewAsked = false;
        try {
          await look(isForNew);
        } catch (error) {
          // A full queue is no fault: the next end of a job asks again.
          if (!(error instanceof EngineError && error.code === 'queue_full') && !isClosed) report(error);
        }
      }
    })().finally(() => {
      looking = null;
    });
  }

  return {
    wake() {
      wake(true);
    },
    ended() {
      wake(false);
    },
    job: () => job,
    async close() {
      isClosed = true;
      await looking;
    },
  };
}
