import { z } from 'zod';

/**
 * What every route that makes a job may answer: the queue takes no more, the job is more than a row carries or not what its kind takes, the
 * disk refuses. Beside them `bad_request`, which every route may answer.
 */
export const enqueueErrors = ['queue_full', 'payload_too_large', 'bad_payload', 'storage_full'] as const;

/**
 * When a job is begun, where the person may say so: not before a time, and before or after others. The bounds are the queue's own, which
 * says in its refusal what they are.
 */
export const wantedPlace = {
  /** Milliseconds since 1970; null for now. */
  dueAtMs: z.number().nullable().default(null),
  /** Null for that of its kind. */
  priority: z.number().nullable().default(null),
};
export const placeErrors = ['bad_due_time', 'bad_priority'] as const;
