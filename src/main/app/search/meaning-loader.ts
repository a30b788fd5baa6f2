import type { Reader } from '../../store/reader.ts';
import type { Models } from '../models/models.ts';

export interface MeaningLoader {
  /** Has what the chosen model has put into numbers read into memory; resolves when that is done or cannot be. Never rejects. */
  load(): Promise<void>;
  close(): Promise<void>;
}

/**
 * A million passages take seconds to read, so the reader thread is asked for a slice at a time: whatever else it is asked meanwhile
 * takes its turn between two slices. Searches go by words alone until then.
 */
export function createMeaningLoader({
  reader,
  models,
  report,
}: {
  readonly reader: Pick<Reader, 'loadMeaning'>;
  readonly models: Pick<Models, 'choiceFor'>;
  readonly report: (error: unknown) => void;
}): MeaningLoader {
  let loading: Promise<void> | null = null;
  let isClosed = false;

  async function readAll(): Promise<void> {
    try {
      while (!isClosed) {
        // Another one may be chosen meanwhile.
        const choice = models.choiceFor('embeddings');
        if (choice === null) return;
        const { isLoaded } = await reader.loadMeaning({ providerId: choice.providerId, modelId: choice.modelId });
        if (isLoaded) return;
      }
    } catch (error) {
      if (!isClosed) report(error);
    }
  }

  return {
    load() {
      loading ??= readAll().finally(() => {
        loading = null;
      });
      return loading;
    },
    async close() {
      isClosed = true;
      await loading;
    },
  };
}
