import type { Budgets } from '../../engine/budgets.ts';
import type { Meaning } from '../../store/search/passage-search.ts';
import type { Store } from '../../store/store.ts';
import type { Models } from '../models/models.ts';
import type { AskWorker } from '../models/worker-questions.ts';
import type { MeaningLoader } from './meaning-loader.ts';

/** Questions whose numbers are remembered: somebody who types asks the same more than once, and an agent too. */
const rememberedLimit = 64;

/**
 * A question in the numbers of the chosen model; null where no model is chosen, where it has put nothing into numbers yet, or
 * where it does not answer in time: then the words alone are looked for. Waits as long for the index to be read. Never rejects.
 */
export type QueryMeaning = (query: string, patienceMs: number) => Promise<Meaning | null>;

export function createQueryMeaning({
  store,
  models,
  ask,
  budgets,
  loader,
  report,
}: {
  readonly store: Pick<Store, 'passageVectors' | 'inTransaction'>;
  readonly models: Pick<Models, 'choiceFor' | 'connectionFor'>;
  readonly ask: () => AskWorker;
  readonly budgets: () => Pick<Budgets, 'chargeWithoutJob'>;
  readonly loader: Pick<MeaningLoader, 'load'>;
  readonly report: (error: unknown) => void;
}): QueryMeaning {
  const remembered = new Map<string, Int8Array>();

  return async (query, patienceMs) => {
    try {
      const choice = models.choiceFor('embeddings');
      if (choice === null || query.trim() === '') return null;
      const model = { providerId: choice.providerId, modelId: choice.modelId };
      if (store.passageVectors.space(model) === null) return null;
      // Together with the call: whoever waits for one may wait for the other.
      const patience = AbortSignal.timeout(patienceMs);
      const loaded = Promise.race([loader.load(), aborted(patience)]);
      const key = JSON.stringify([model.providerId, model.modelId, query]);
      const known = remembered.get(key);
      if (known !== undefined) {
        await loaded;
        return { model, vector: known };
      }
      const connection = models.connectionFor('embeddings');
      if (connection === null) return null;
      const { vector: encoded, usage } = await ask()({ ask: 'embed', connection, text: query }, patience);
      store.inTransaction(() => {
        budgets().chargeWithoutJob(model.providerId, usage);
      });
      const vector = new Int8Array(Buffer.from(encoded, 'base64'));
      const [oldest] = remembered.keys();
      if (remembered.size >= rememberedLimit && oldest !== undefined) remembered.delete(oldest);
      remembered.set(key, vector);
      await loaded;
      return { model, vector };
    } catch (error) {
      report(error);
      return null;
    }
  };
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    signal.addEventListener('abort', () => {
      resolve();
    });
  });
}
