import { expect, test } from 'vitest';
import { createMemoryJobStore } from '../../../test/support/memory-job-store.ts';
import { createTestIds } from '../../../test/support/job-ids.ts';
import type { Turn } from './group-commit.ts';
import { createGroupCommit } from './group-commit.ts';
import { newJob } from '../../../test/support/new-job.ts';

function open(overrides: { operationsPerCommit?: number; last?: (turn: Turn) => void } = {}) {
  const store = createMemoryJobStore();
  const ids = createTestIds();
  const turns: (() => void)[] = [];
  const refusals: string[] = [];
  let commits = 0;
  let failCommit: Error | null = null;
  let isTorn = false;
  let depth = 0;
  const commit = createGroupCommit({
    // A transaction whose commit, and not its work, can be made to fail, or which is torn and run again.
    store: {
      ...store,
      transaction<T>(work: () => T, mayRepeat?: boolean): T {
        depth += 1;
        try {
          if (mayRepeat === true && isTorn) {
            isTorn = false;
            expect(() =>
              store.transaction(() => {
                work();
                throw new Error('torn');
              }),
            ).toThrow('torn');
          }
          return store.transaction(() => {
            const value = work();
            if (depth === 1 && failCommit !== null) throw failCommit;
            return value;
          });
        } finally {
          depth -= 1;
        }
      },
    },
    afterTurn: callback => {
      turns.push(callback);
    },
    log: () => undefined,
    operationsPerCommit: 100,
    last: () => undefined,
    onStorageFailure: state => {
      refusals.push(state);
    },
    refusal: state => new Error(`refused: ${state}`),
    onCommitted: () => {
      commits += 1;
    },
    ...overrides,
  });
  const insert = () => {
    const id = ids.jobId();
    store.insert([newJob(id)]);
    return id;
  };
  return {
    commit,
    store,
    insert,
    refusals,
    commits: () => commits,
    turn: () => {
      for (const turn of turns.splice(0)) turn();
    },
    pending: () => turns.length,
    failCommits: (error: Error | null) => {
      failCommit = error;
    },
    tearNext: () => {
      isTorn = true;
    },
  };
}
const outcome = (promise: Promise<unknown>): Promise<unknown> =>
  promise.catch((error: unknown) => (error instanceof Error ? error.message : error));

test('what arrives in one turn is one commit, acknowledged after it and in order', async () => {
  const { commit, turn, commits, insert, store } = open();
  const order: string[] = [];
  const both = [1, 2].map(n =>
    commit.submit('reject', ({ afterCommit }) => {
      afterCommit(() => {
        order.push(`effect ${n} sees ${store.queueLength()}`);
      });
      insert();
      return n;
    }),
  );
  expect(commits()).toBe(0);
  turn();
  expect([await Promise.all(both), commits(), order]).toEqual([[1, 2], 1, ['effect 1 sees 2', 'effect 2 sees 2']]);
});

test('an operation that throws takes its own writes and effects, and nobody else', async () => {
  const { commit, turn, insert, store, commits } = open();
  const effects: string[] = [];
  const good = commit.submit('reject', insert);
  const bad = outcome(
    commit.submit('keep', ({ afterCommit }) => {
      afterCommit(() => {
        effects.push('bad');
      });
      insert();
      throw new Error('mine');
    }),
  );
  const other = commit.submit('reject', insert);
  turn();
  await Promise.all([good, other]);
  expect([await bad, store.queueLength(), effects, commits()]).toEqual(['mine', 2, [], 1]);
});

test('a turn takes a bounded number and leaves the rest to the next', async () => {
  const { commit, turn, commits, pending } = open({ operationsPerCommit: 2 });
  const all = [1, 2, 3].map(n => commit.submit('reject', () => n));
  turn();
  expect([commits(), pending()]).toEqual([1, 1]);
  turn();
  expect([await Promise.all(all), commits()]).toEqual([[1, 2, 3], 2]);
});

test('neighbours that can be done together are, in order; when that throws each is done by itself', async () => {
  const { commit, turn } = open();
  const calls: string[] = [];
  const effects: string[] = [];
  const all = (of: Turn, items: readonly string[]): readonly string[] => {
    of.afterCommit(() => {
      effects.push(items.join(''));
    });
    calls.push(items.join(''));
    if (items.includes('!')) throw new Error('not together');
    return items.map(item => item.toUpperCase());
  };
  const one = (item: string): Promise<unknown> =>
    outcome(
      commit.submit(
        'keep',
        of => {
          calls.push(`alone ${item}`);
          of.afterCommit(() => {
            effects.push(`alone ${item}`);
          });
          if (item === '!') throw new Error('not at all');
          return item;
        },
        { all, item },
      ),
    );
  const first = ['a', 'b'].map(one);
  const between = outcome(commit.submit('keep', () => 'x'));
  const last = ['c', '!', 'd'].map(one);
  turn();
  expect(await Promise.all([...first, between, ...last])).toEqual(['A', 'B', 'x', 'c', 'not at all', 'd']);
  expect(calls).toEqual(['ab', 'c!d', 'alone c', 'alone !', 'alone d']);
  expect(effects).toEqual(['ab', 'alone c', 'alone d']);
});

test('what a torn transaction had to tell is told once, of the run that stands', async () => {
  const { commit, turn, tearNext, commits } = open();
  const calls: string[] = [];
  const told: string[] = [];
  const all = (of: Turn, items: readonly string[]): readonly string[] => {
    calls.push(items.join(''));
    of.afterCommit(() => {
      told.push(items.join(''));
    });
    return items;
  };
  const done = ['a', 'b'].map(item =>
    commit.submit(
      'keep',
      () => {
        calls.push(`alone ${item}`);
        return item;
      },
      { all, item },
    ),
  );
  tearNext();
  turn();
  expect(await Promise.all(done)).toEqual(['a', 'b']);
  expect([calls, told, commits()]).toEqual([['ab', 'ab'], ['ab'], 1]);
});

test('a commit that fails for a reason of the data is tried again one by one', async () => {
  const { commit, turn, failCommits, insert, store } = open();
  const first = outcome(commit.submit('reject', insert));
  const second = outcome(commit.submit('reject', insert));
  failCommits(new Error('deferred constraint'));
  turn();
  expect(store.queueLength()).toBe(0);
  turn();
  failCommits(null);
  turn();
  expect([await first, typeof (await second), store.queueLength()]).toEqual(['deferred constraint', 'string', 1]);
});

test('refused storage keeps what must not be lost, in order, and rejects the rest', async () => {
  const { commit, turn, store, refusals } = open();
  const seen: number[] = [];
  const id = store.transaction(() => {
    store.insert([newJob(createTestIds().jobId(), { idempotencyKey: 'k' })]);
    return store.findActiveByKey('k');
  });
  if (id === null) throw new Error('The job is not there.');
  const kept = [1, 2].map(n =>
    commit.submit('keep', ({ afterCommit }) => {
      store.note(id, `n${n}`, '', 1);
      afterCommit(() => {
        seen.push(n);
      });
      return n;
    }),
  );
  const refused = outcome(commit.submit('reject', () => 3));
  store.refuseWrites('full');
  turn();
  const third = commit.submit('keep', ({ afterCommit }) => {
    store.note(id, 'n3', '', 1);
    afterCommit(() => {
      seen.push(3);
    });
    return 3;
  });
  expect([await refused, await outcome(commit.submit('reject', () => 4)), refusals, seen]).toEqual([
    'refused: full',
    'refused: full',
    ['full'],
    [],
  ]);
  turn();
  expect(seen).toEqual([]);
  store.refuseWrites(null);
  commit.unblock();
  turn();
  expect([await Promise.all([...kept, third]), seen, store.trailOf(id)]).toEqual([
    [1, 2, 3],
    [1, 2, 3],
    ['enqueued', 'n1', 'n2', 'n3'],
  ]);
});

test('while storage refuses nothing is tried, whatever arrives, until it is said to take writes again', async () => {
  let tried = 0;
  const { commit, turn, store, refusals } = open({
    last: () => {
      tried += 1;
    },
  });
  commit.block('full');
  const kept = commit.submit('keep', () => 1);
  commit.wake();
  for (let turns = 0; turns < 3; turns += 1) turn();
  expect([tried, refusals, store.running()]).toEqual([0, [], []]);
  commit.unblock();
  turn();
  expect([await kept, tried]).toEqual([1, 1]);
});

test('the last part of a turn shares its commit, and its throw undoes only itself', async () => {
  let broken = false;
  const { commit, turn, insert, store, commits } = open({
    last: () => {
      insertLater();
      if (broken) throw new Error('claiming broke');
    },
  });
  const insertLater = (): void => {
    insert();
  };
  commit.wake();
  turn();
  expect([store.queueLength(), commits()]).toEqual([1, 1]);
  broken = true;
  const done = commit.submit('reject', insert);
  turn();
  await done;
  expect([store.queueLength(), commits()]).toEqual([2, 2]);
});

test('the last moment of a process tries everything once', () => {
  const { commit, store, insert, commits } = open({ operationsPerCommit: 1 });
  const all = [commit.submit('keep', insert), commit.submit('keep', insert)];
  expect([commit.flushAll(), commits()]).toEqual([0, 2]);
  store.refuseWrites('read_only');
  all.push(commit.submit('keep', insert));
  expect(commit.flushAll()).toBe(1);
});

test('operations that cost a part of one share a transaction in larger numbers, and one that costs more has its own', async () => {
  const { commit, turn, commits } = open({ operationsPerCommit: 2 });
  const sizes: number[] = [];
  const all = (_: Turn, items: readonly string[]): readonly string[] => {
    sizes.push(items.length);
    return items;
  };
  const submit = (item: string, share: number) => commit.submit('reject', () => item, { all, item, share });
  const small = Array.from({ length: 25 }, (_, n) => submit(`s${n}`, 0.2));
  const large = submit('large', 5);
  for (let n = 1; n <= 4; n += 1) {
    turn();
    expect(commits()).toBe(n);
  }
  expect(sizes).toEqual([10, 10, 5]);
  expect(await Promise.all([...small, large])).toEqual([...Array.from({ length: 25 }, (_, n) => `s${n}`), 'large']);
});

test('what changes nothing for the last of its turn has none, unless somebody wants one or something else shares the turn', async () => {
  let lasts = 0;
  const { commit, turn, commits } = open({
    last: () => {
      lasts += 1;
    },
  });
  const quiet = (work: () => void = () => undefined): Promise<void> => commit.submit('keep', work, null, true);
  async function lastsOf(...ask: (() => unknown)[]): Promise<number> {
    lasts = 0;
    const asked = ask.map(each => each());
    turn();
    await Promise.all(asked);
    return lasts;
  }
  expect(await lastsOf(quiet, quiet)).toBe(0);
  expect(commits()).toBe(0);
  expect(await lastsOf(quiet, () => commit.submit('keep', () => undefined))).toBe(1);
  expect(await lastsOf(quiet, commit.wake)).toBe(1);
  expect(await lastsOf(quiet)).toBe(0);
  // A hook inside it asks something of the engine.
  expect(await lastsOf(() => quiet(commit.wantLast))).toBe(1);
  expect(await lastsOf(quiet)).toBe(0);
  expect(commits()).toBe(3);
});

test('a wish for the last of a turn outlives a commit that fails', async () => {
  let lasts = 0;
  const { commit, turn, failCommits } = open({
    last: () => {
      lasts += 1;
    },
  });
  failCommits(new Error('constraint'));
  const both = [1, 2].map(() => commit.submit('keep', () => undefined, null, true));
  commit.wake();
  turn();
  failCommits(null);
  lasts = 0;
  turn();
  turn();
  await Promise.all(both);
  expect(lasts).toBe(1);
});
