import { isFinal } from '../../../shared/domain/job-state.ts';
import type { HandlersOf } from '../../ipc/handlers.ts';
import type { Store } from '../../store/store.ts';
import type { DamagedSnapshots } from '../damaged-snapshots.ts';
import type { PassageEmbedder } from '../search/passage-embedder.ts';
import type { QueryMeaning } from '../search/query-meaning.ts';
import type { CallContext } from './call-context.ts';

/** A person who looks for something by its meaning waits so long for it; then they see what the words have found. */
const patienceMs = 3_000;
/** More texts than this are counted as this many: somebody who looks wants to know whether it is nearly done. */
const countedTexts = 1_000;

export interface SearchCallsParams {
  readonly meaningOf: QueryMeaning;
  readonly damagedSnapshots: Pick<DamagedSnapshots, 'searchMaterial'>;
  readonly embedder: Pick<PassageEmbedder, 'job'>;
}

export function searchCalls(
  { store, reader, jobViews, models }: Pick<CallContext, 'reader' | 'jobViews' | 'models'> & { readonly store: Pick<Store, 'snapshots'> },
  { meaningOf, damagedSnapshots, embedder }: SearchCallsParams,
): HandlersOf<'search'> {
  return {
    'search.material': async ({ typed, byMeaning, limit }) => {
      const meaning = byMeaning ? await meaningOf(typed, patienceMs) : null;
      const { found, byMeaning: isByMeaning } = await damagedSnapshots.searchMaterial({ typed, limit, meaning });
      return { found, byMeaning: isByMeaning, isLoading: meaning !== null && !isByMeaning };
    },
    'search.health': async () => {
      const textsToIndex = store.snapshots.unindexed(countedTexts).length;
      const choice = models.choiceFor('embeddings');
      if (choice === null) return { textsToIndex, meaning: null };
      const { providerId, modelId } = choice;
      const { total, done, isLoaded } = await reader.vectorHealth({ providerId, modelId });
      const id = embedder.job();
      const job = id === null ? null : jobViews.view(id);
      return {
        textsToIndex,
        meaning: {
          modelId,
          total,
          done,
          isLoaded,
          isWorking: job !== null && !isFinal(job.state),
          error: job?.state === 'done' ? null : (job?.error ?? null),
        },
      };
    },
  };
}
