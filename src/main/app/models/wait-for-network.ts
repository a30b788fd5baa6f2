import { ParkJob } from '../../engine/park-job.ts';

/** How long until the provider is tried again, though nobody has said that the network is back. */
const lookAgainMs = 30_000;

/**
 * Parks a job whose provider cannot be reached: the reason is named, the worker is free, no attempt is counted, and the job
 * goes on by itself. Thrown by a kind that answers the host call `network.away`.
 */
export function untilNetwork(nowMs: number, message: string): ParkJob {
  return new ParkJob({ reason: 'network', detail: { message }, expiresAtMs: nowMs + lookAgainMs, onExpiry: 'resume' });
}
