import type { EngineLog } from './engine-log.ts';
import { sentenceOf } from './engine-log.ts';
import type { JobStore, StorageState } from './job-store.ts';

/** What an operation may say to the transaction it runs in. */
export interface Turn {
  /** Runs once the transaction is committed, in the order of the operations; never when the operation was undone. */
  afterCommit(effect: () => void): void;
  /** Leases that end in this transaction, so their places can be claimed in it. */
  readonly leaving: Set<string>;
}

/** `keep` for what must not be lost: it waits in memory until storage takes it. `reject` for what a caller can ask again. */
export type WhenStorageFails = 'keep' | 'reject';

export interface GroupCommitOptions {
  readonly store: Pick<JobStore, 'transaction' | 'inTransaction' | 'storageFailure'>;
  readonly afterTurn: (callback: () => void) => void;
  readonly log: EngineLog;
  readonly operationsPerCommit: number;
  /** Runs last in every transaction that may have changed what it looks at, as an operation of its own. */
  readonly last: (turn: Turn) => void;
  /** Storage refused; nothing is tried again until `unblock`. */
  readonly onStorageFailure: (state: Exclude<StorageState, 'ok'>) => void;
  /** What a `reject` operation is rejected with when storage refuses. */
  readonly refusal: (state: Exclude<StorageState, 'ok'>) => Error;
  /** Every commit with a `last`, after its effects. */
  readonly onCommitted: () => void;
}

/**
 * How operations that arrive next to each other are done by one call, which costs the database less than many. It returns
 * a value for each item; when it throws, all of it is undone and each operation is run by itself.
 */
export interface Together<Item, Value> {
  readonly all: (turn: Turn, items: readonly Item[]) => readonly Value[];
  readonly item: Item;
  /** What an item costs when done so, as a part of an operation: so many more share one transaction. 1 when absent. */
  readonly share?: number;
}

interface Operation {
  readonly whenStorageFails: WhenStorageFails;
  work(turn: Turn): unknown;
  readonly together: Together<unknown, unknown> | null;
  /** It changes nothing that `last` looks at. */
  readonly isQuiet: boolean;
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

type Outcome = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly error: unknown };

/**
 * Gathers the operations that arrive within one turn of the event loop into one transaction and acknowledges each after
 * the commit. An operation that throws undoes itself alone. When the commit itself fails for a reason of the data, each
 * operation is tried in a transaction of its own, so that one bad one does not take the others with it. When storage
 * refuses, nothing stands: `reject` operations are rejected and `keep` operations wait, in order, for `unblock`.
 */
export function createGroupCommit(options: GroupCommitOptions) {
  const { store, log } = options;
  /** Shares are added up by the thousand, and a sum of fractions is not exact. */
  const roomOfCommit = options.operationsPerCommit + 0.001;
  let waiting: Operation[] = [];
  let scheduled = false;
  /** Operations at the head of the queue that get a transaction of their own. */
  let alone = 0;
  /** The turn whose operation is running right now. */
  let current: Turn | null = null;
  /** Somebody wants a `last` whatever the operations are. */
  let woken = false;
  /** The same, said by an operation of the transaction at hand. */
  let wanted = false;
  let blockedBy: Exclude<StorageState, 'ok'> | null = null;

  function schedule(): void {
    if (scheduled) return;
    scheduled = true;
    options.afterTurn(() => {
      scheduled = false;
      flush();
    });
  }

  function wake(): void {
    woken = true;
    schedule();
  }

  function flush(): void {
    if (blockedBy !== null) return;
    const batch = waiting.slice(0, alone > 0 ? 1 : countOfCommit());
    if (alone > 0) alone -= 1;
    waiting = waiting.slice(batch.length);
    commit(batch);
    if (waiting.length > 0 && blockedBy === null) schedule();
  }

  /** How many operations from the first on share the next transaction; one at least. */
  function countOfCommit(): number {
    let taken = 0;
    for (const [index, { together }] of waiting.entries()) {
      taken += together?.share ?? 1;
      if (taken > roomOfCommit) return Math.max(index, 1);
    }
    return waiting.length;
  }

  function commit(batch: readonly Operation[]): void {
    let outcomes: Outcome[] = [];
    let effects: (() => void)[] = [];
    let hasLast = false;
    const isWoken = woken;
    woken = false;
    try {
      store.transaction(() => {
        outcomes = [];
        effects = [];
        wanted = isWoken || !batch.every(operation => operation.isQuiet);
        const leaving = new Set<string>();
        for (const group of neighbours(batch)) outcomes.push(...attemptGroup(group, leaving, effects));
        hasLast = wanted;
        if (!hasLast) return;
        const claimed = attempt(options.last, leaving, effects);
        if (!claimed.ok) log('error', `Claiming failed: ${sentenceOf(claimed.error)}`, {});
      }, true);
    } catch (error) {
      woken ||= isWoken;
      failed(batch, error);
      return;
    }
    for (const effect of effects) guarded(effect);
    batch.forEach((operation, index) => {
      const outcome = outcomes[index];
      if (outcome?.ok === true) operation.resolve(outcome.value);
      else operation.reject(outcome?.error);
    });
    if (hasLast) guarded(options.onCommitted);
  }

  function attemptGroup(group: readonly Operation[], leaving: Set<string>, effects: (() => void)[]): readonly Outcome[] {
    const all = group[0]?.together?.all;
    if (all !== undefined && group.length > 1) {
      const done = attempt(
        turn =>
          all(
            turn,
            group.map(operation => operation.together?.item),
          ),
        leaving,
        effects,
      );
      if (done.ok) return (done.value as readonly unknown[]).map(value => ({ ok: true, value }));
    }
    return group.map(operation => attempt(turn => operation.work(turn), leaving, effects));
  }

  function attempt(work: (turn: Turn) => unknown, leaving: Set<string>, effects: (() => void)[]): Outcome {
    const own: (() => void)[] = [];
    const turn: Turn = {
      afterCommit: effect => {
        own.push(effect);
      },
      leaving,
    };
    current = turn;
    try {
      const value = store.transaction(() => work(turn));
      // SQLite may roll everything back by itself; a hook that swallowed the error must not write on outside a transaction.
      if (!store.inTransaction()) throw new TransactionLostError();
      effects.push(...own);
      return { ok: true, value };
    } catch (error) {
      if (store.storageFailure(error) !== null || !store.inTransaction()) throw error;
      return { ok: false, error };
    } finally {
      current = null;
    }
  }

  function failed(batch: readonly Operation[], error: unknown): void {
    const state = store.storageFailure(error);
    if (state !== null) {
      blockedBy = state;
      const kept = batch.filter(operation => operation.whenStorageFails === 'keep');
      for (const operation of [...batch, ...waiting]) if (operation.whenStorageFails === 'reject') operation.reject(options.refusal(state));
      waiting = [...kept, ...waiting.filter(operation => operation.whenStorageFails === 'keep')];
      options.onStorageFailure(state);
      return;
    }
    log('error', `A transaction of ${batch.length} operations failed: ${sentenceOf(error)}`, { operations: batch.length });
    const [only] = batch;
    if (batch.length <= 1) {
      only?.reject(error);
      return;
    }
    alone = batch.length;
    waiting = [...batch, ...waiting];
  }

  function guarded(effect: () => void): void {
    try {
      effect();
    } catch (error) {
      log('error', `What follows a commit failed: ${sentenceOf(error)}`, {});
    }
  }

  return {
    submit<T, Item = never>(
      whenStorageFails: WhenStorageFails,
      work: (turn: Turn) => T,
      together: Together<Item, T> | null = null,
      isQuiet = false,
    ): Promise<T> {
      if (blockedBy !== null && whenStorageFails === 'reject') return Promise.reject(options.refusal(blockedBy));
      const { promise, resolve, reject } = Promise.withResolvers<T>();
      // The value comes from this very `work`; the queue only forgets its type.
      waiting.push({
        whenStorageFails,
        work,
        // Items meet only the function they came with: operations are grouped by it.
        together: together as Together<unknown, unknown> | null,
        isQuiet,
        resolve: resolve as (value: unknown) => void,
        reject,
      });
      schedule();
      return promise;
    },
    /** For what a hook asks of the engine while an operation runs; null outside one. */
    currentTurn: (): Turn | null => current,
    /** A turn even without operations, for its `last`. */
    wake,
    /** What a hook asks of the engine inside an operation that is quiet by itself. */
    wantLast(): void {
      wanted = true;
    },
    /** Storage takes writes again. */
    unblock(): void {
      blockedBy = null;
      wake();
    },
    block(state: Exclude<StorageState, 'ok'>): void {
      blockedBy = state;
    },
    /** One try at everything that waits, without awaiting the turn; for the last moment of a process. Returns what is left. */
    flushAll(): number {
      blockedBy = null;
      while (waiting.length > 0 && blockedBy === null) flush();
      return waiting.length;
    },
  };
}
export type GroupCommit = ReturnType<typeof createGroupCommit>;

/** Operations in their order, those that one call can do in groups. */
function neighbours(batch: readonly Operation[]): readonly (readonly Operation[])[] {
  const groups: Operation[][] = [];
  for (const operation of batch) {
    const last = groups.at(-1);
    const all = operation.together?.all;
    if (last !== undefined && all !== undefined && last[0]?.together?.all === all) last.push(operation);
    else groups.push([operation]);
  }
  return groups;
}

class TransactionLostError extends Error {
  override readonly name = 'TransactionLostError';
  constructor() {
    super('The transaction was rolled back underneath an operation that did not say so.');
  }
}
