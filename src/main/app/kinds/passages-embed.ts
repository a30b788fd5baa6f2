import { z } from 'zod';
import { hostCallSpecs, type HostCallOutput } from '../../../shared/contract/worker/host-calls.ts';
import { taskSpecs, type TaskInput, type TaskOutput } from '../../../shared/contract/worker/tasks.ts';
import { providerId } from '../../../shared/domain/ids.ts';
import { workerOfKind } from '../../../shared/domain/job.ts';
import { modelId } from '../../../shared/domain/model-id.ts';
import { TaskFailure } from '../../../shared/domain/task-failure.ts';
import type { ModelRole } from '../../../shared/domain/provider.ts';
import type { JobKind } from '../../engine/job-kind.ts';
import type { Reader } from '../../store/reader.ts';
import type { Store } from '../../store/store.ts';
import type { Models } from '../models/models.ts';
import type { NetworkWaits } from '../models/network-waits.ts';

export const passagesEmbedPayload = z.strictObject({ providerId, modelId });
type Payload = z.output<typeof passagesEmbedPayload>;

const minuteMs = 60_000;
/** Texts of one call: what the strictest of the common servers takes (text-embeddings-inference, by its defaults). */
const textsOfCall = 32;

/** One index at a time; see `answersAtOnce` for the places that it shares. */
export const embeddingsAtOnce = 1;

export interface PassagesEmbedParams {
  /** The service whose model does what a role is for, as it is chosen now. */
  readonly serviceFor: (role: ModelRole) => string | null;
  readonly store: Pick<Store, 'passageVectors'>;
  readonly reader: Pick<Reader, 'unembedded' | 'vectorHealth'>;
  readonly models: Pick<Models, 'choiceFor' | 'connectionFor'>;
  readonly network: Pick<NetworkWaits, 'asks' | 'away' | 'over'>;
  readonly now: () => number;
}

/** Has the chosen model put passages into numbers, so that they are found by what they mean. */
export function passagesEmbed({
  serviceFor,
  store,
  reader,
  models,
  network,
  now,
}: PassagesEmbedParams): JobKind<Payload, TaskInput<'passages.embed'>, TaskOutput<'passages.embed'>> {
  const spec = taskSpecs['passages.embed'];

  async function unembedded(model: Payload, after: number): Promise<HostCallOutput<'passages.unembedded'>> {
    const { texts, same, next } = await reader.unembedded({ model, after, limit: textsOfCall });
    const space = store.passageVectors.space(model);
    if (space !== null && same.length > 0) store.passageVectors.copy(space, same);
    return {
      texts: texts.map(({ n, textHash, text }) => ({ n, textHash: Buffer.from(textHash).toString('base64'), text })),
      copied: same.length,
      next,
    };
  }

  return {
    name: 'passages.embed',
    worker: workerOfKind['passages.embed'],
    payload: passagesEmbedPayload,
    input: spec.input,
    output: spec.output,
    steps: spec.steps,
    concurrency: embeddingsAtOnce,
    provider: () => serviceFor('embeddings'),
    // Nobody waits for it: words find everything meanwhile.
    priority: 0,
    timeLimitMs: 240 * minuteMs,
    retry: { delaysMs: [10_000, minuteMs, 10 * minuteMs], jitter: 0.2 },
    recovery: 'resume',

    async prepare({ id, payload }) {
      const choice = models.choiceFor('embeddings');
      const connection = models.connectionFor('embeddings');
      if (choice?.providerId !== payload.providerId || choice.modelId !== payload.modelId)
        throw new TaskFailure('no_model', 'Another model was chosen for search by meaning; this one is no longer asked.', {
          retryable: false,
        });
      if (connection === null)
        throw new TaskFailure('key_missing', 'The key of the model for search by meaning cannot be opened. Enter it again.', {
          retryable: false,
        });
      network.asks(id, connection.providerId);
      const { total, done } = await reader.vectorHealth(payload);
      return { connection, total: Math.max(0, total - done) };
    },

    async hostCall({ id, payload }, name, input) {
      switch (name) {
        case 'passages.unembedded':
          return unembedded(payload, hostCallSpecs[name].input.parse(input).after);
        case 'passages.embedded': {
          const { vectors } = hostCallSpecs[name].input.parse(input);
          store.passageVectors.put(
            payload,
            vectors.map(({ n, textHash, vector }) => ({
              n,
              textHash: Buffer.from(textHash, 'base64'),
              vector: new Int8Array(Buffer.from(vector, 'base64')),
            })),
            now(),
          );
          return null;
        }
        case 'network.away':
          throw network.away(id, hostCallSpecs[name].input.parse(input).message);
        default:
          throw new Error(`Indexing by meaning asks for "${name}", which it may not.`);
      }
    },

    onEnd({ id }) {
      network.over(id);
    },
  };
}
