import { describe, expect, test } from 'vitest';
import { followRevision } from './follow-revision.ts';

function createSource() {
  const waiting: ((snapshot: { revision: number } | null) => void)[] = [];
  const told: string[] = [];
  const follower = followRevision<{ revision: number }, { revision: number }>({
    load: () => new Promise(resolve => waiting.push(resolve)),
    onSnapshot: snapshot => told.push(`snapshot ${snapshot.revision}`),
    onEvent: event => told.push(`event ${event.revision}`),
  });
  const settle = async (): Promise<void> => {
    for (let at = 0; at < 8; at += 1) await Promise.resolve();
  };
  return {
    follower,
    told,
    loads: () => waiting.length,
    settle,
    answer: async (revision: number | null) => {
      await settle();
      waiting.shift()?.(revision === null ? null : { revision });
      await settle();
    },
  };
}

describe('following a revision', () => {
  test('applies events after the snapshot in order', async () => {
    const { follower, told, answer } = createSource();
    void follower.reload();
    await answer(4);
    follower.take({ revision: 5 });
    follower.take({ revision: 6 });
    expect(told).toEqual(['snapshot 4', 'event 5', 'event 6']);
  });

  test('drops events the snapshot includes', async () => {
    const { follower, told, answer } = createSource();
    void follower.reload();
    await answer(4);
    follower.take({ revision: 3 });
    follower.take({ revision: 4 });
    expect(told).toEqual(['snapshot 4']);
  });

  test('keeps events that come while the snapshot loads, and applies the newer ones', async () => {
    const { follower, told, answer, settle } = createSource();
    void follower.reload();
    await settle();
    follower.take({ revision: 4 });
    follower.take({ revision: 5 });
    await answer(4);
    expect(told).toEqual(['snapshot 4', 'event 5']);
  });

  test('asks again at a gap and applies nothing across it', async () => {
    const { follower, told, answer } = createSource();
    void follower.reload();
    await answer(1);
    follower.take({ revision: 3 });
    follower.take({ revision: 4 });
    await answer(4);
    expect(told).toEqual(['snapshot 1', 'snapshot 4']);
  });

  test('asked twice while loading, uses the later answer only', async () => {
    const { follower, told, answer, loads, settle } = createSource();
    void follower.reload();
    await settle();
    void follower.reload();
    void follower.reload();
    await answer(1);
    expect(loads()).toBe(1);
    await answer(2);
    expect(told).toEqual(['snapshot 2']);
    expect(loads()).toBe(0);
  });

  test('a snapshot that cannot be had leaves what is there', async () => {
    const { follower, told, answer } = createSource();
    void follower.reload();
    await answer(1);
    void follower.reload();
    await answer(null);
    follower.take({ revision: 2 });
    expect(told).toEqual(['snapshot 1', 'event 2']);
  });
});
