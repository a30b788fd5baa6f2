import { z } from 'zod';
import { finalJobStates } from '../../../src/shared/domain/job-state.ts';

/**
 * What somebody outside the program was told or saw, in the order it came. The program is judged by it after a kill: its own
 * database cannot testify to what it forgot.
 */
export const ledgerEntry = z.discriminatedUnion('what', [
  /** A program began on the database; the one before it is dead. */
  z.strictObject({ what: z.literal('began') }),
  /** The caller was told that the job is kept. */
  z.strictObject({ what: z.literal('enqueued'), key: z.string(), jobId: z.string() }),
  /** Listeners were told of the end. */
  z.strictObject({ what: z.literal('ended'), jobId: z.string(), state: z.enum(finalJobStates) }),
  /** The worker ran the step, or undid it; what it does outside has happened. `first` when the provider had not seen its key before. */
  z.strictObject({ what: z.literal('effect'), jobId: z.string(), step: z.string(), first: z.boolean() }),
  /** The file was lost and an earlier backup put in its place: what was sent since, the program cannot know of. */
  z.strictObject({ what: z.literal('restored') }),
  /** The worker was told that the step's output is kept. */
  z.strictObject({ what: z.literal('recorded'), jobId: z.string(), step: z.string() }),
]);
export type LedgerEntry = z.output<typeof ledgerEntry>;
