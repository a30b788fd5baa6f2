import { expect, test } from 'vitest';
import { storedWait } from '../../engine/park-job.ts';
import { untilNetwork } from './wait-for-network.ts';

test('a job without a network waits for it, and looks again by itself', () => {
  const { wait } = untilNetwork(1_000, 'The provider cannot be reached (ENOTFOUND).');
  expect(storedWait(wait)).toEqual({
    reason: 'network',
    detail: '{"message":"The provider cannot be reached (ENOTFOUND)."}',
    expiresAtMs: 31_000,
    onExpiry: 'resume',
  });
});
