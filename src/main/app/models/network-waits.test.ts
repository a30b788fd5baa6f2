import { expect, test } from 'vitest';
import { jobId, providerId } from '../../../shared/domain/ids.ts';
import { storedWait } from '../../engine/park-job.ts';
import { createNetworkWaits } from './network-waits.ts';

const job = (n: number) => jobId.parse(`01920000-0000-7000-8000-00000000000${n}`);
const provider = (n: number) => providerId.parse(`01920000-0000-7000-8000-0000000000a${n}`);

function open() {
  const resumed: string[] = [];
  const waits = createNetworkWaits({ resumeInTransaction: id => resumed.push(id) > 0, now: () => 1_000 });
  waits.asks(job(1), provider(1));
  waits.asks(job(2), provider(2));
  return { waits, resumed };
}
const isOver = (wait: ReturnType<ReturnType<typeof open>['waits']['away']>['wait']): boolean =>
  wait.isOver?.({ store: { hasActiveChildren: () => false }, jobId: job(1) }) ?? false;

test('a job without a network waits for it, and looks again by itself', () => {
  const { wait } = open().waits.away(job(1), 'The provider cannot be reached (ENOTFOUND).');
  expect(storedWait(wait)).toEqual({
    reason: 'network',
    detail: '{"message":"The provider cannot be reached (ENOTFOUND)."}',
    expiresAtMs: 31_000,
    onExpiry: 'resume',
  });
});

test('a call of the same provider that succeeds ends the wait, one of another does not', () => {
  const { waits, resumed } = open();
  waits.away(job(1), 'away');
  waits.answered(provider(2));
  expect(resumed).toEqual([]);
  waits.asks(job(3), provider(1));
  waits.answeredTo(job(3));
  expect(resumed).toEqual([job(1)]);
});

test('one that succeeds while the job is about to be parked is not missed', () => {
  const { waits } = open();
  const { wait } = waits.away(job(1), 'away');
  expect(isOver(wait)).toBe(false);
  waits.answered(provider(1));
  expect(isOver(wait)).toBe(true);
  // The next time it is away is another time.
  expect(isOver(waits.away(job(1), 'away').wait)).toBe(false);
});

test('who has begun anew or has ended is left alone', () => {
  const { waits, resumed } = open();
  waits.away(job(1), 'away');
  waits.asks(job(1), provider(1));
  waits.away(job(2), 'away');
  waits.over(job(2));
  waits.answered(provider(1));
  waits.answered(provider(2));
  expect(resumed).toEqual([]);
});
