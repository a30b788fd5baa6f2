import type { CallInput, CallOutput } from '../../src/shared/contract/contract.ts';

/** Search of the material in memory: it finds nothing, by words alone while the index of meaning is said to be loading. */
export function createMemorySearch() {
  let isLoading = false;
  return {
    handlers: {
      'search.material': ({ byMeaning }: CallInput<'search.material'>): CallOutput<'search.material'> => ({
        found: [],
        byMeaning: false,
        isLoading: byMeaning === true && isLoading,
      }),
      'search.health': (): CallOutput<'search.health'> => ({ textsToIndex: 0, meaning: null }),
    },
    beLoading(value: boolean): void {
      isLoading = value;
    },
  };
}
