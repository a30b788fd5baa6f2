import type { JobStore } from '../../../src/main/engine/job-store.ts';
import type { FailPoints } from './fail-points.ts';

/** Questions about memory: nothing can fail in them. */
const unbreakable: ReadonlySet<string> = new Set(['transaction', 'inTransaction', 'storageFailure']);

/** The names of the points of a store, for whoever needs the list without a run. */
export function pointsOfStore(store: JobStore): readonly string[] {
  const methods = Object.keys(store).filter(name => !unbreakable.has(name));
  return [
    ...methods.flatMap(name => [`store.${name}:before`, `store.${name}:after`]),
    'store.transaction:before',
    'store.transaction:begun',
    'store.transaction:commit',
    'store.transaction:committed',
  ];
}

/** A store with a point before and after each call, and four around each outermost transaction. */
export function withFailPoints(store: JobStore, points: FailPoints): JobStore {
  const wrapped: Record<string, unknown> = { ...store };
  for (const [name, method] of Object.entries(store)) {
    if (unbreakable.has(name)) continue;
    wrapped[name] = (...given: unknown[]): unknown => {
      points.reach(`store.${name}:before`);
      const result: unknown = Reflect.apply(method, store, given);
      points.reach(`store.${name}:after`);
      return result;
    };
  }
  // Each method keeps its own signature; the loop only does not see it.
  const methods = wrapped as unknown as JobStore;
  return {
    ...methods,
    transaction(work, mayRepeat) {
      if (store.inTransaction()) return store.transaction(work, mayRepeat);
      points.reach('store.transaction:before');
      const result = store.transaction(() => {
        points.reach('store.transaction:begun');
        const value = work();
        points.reach('store.transaction:commit');
        return value;
      }, mayRepeat);
      points.reach('store.transaction:committed');
      return result;
    },
  };
}
