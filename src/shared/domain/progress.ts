import { z } from 'zod';

/** Bounds a line of progress to what one row of the tasks panel can show. */
const messageLimit = 200;

/**
 * Progress says what is happening as a code with parameters, so the window can say it in the person's language.
 * `label` is a name from the material itself (a file's name, a chapter), never a sentence of the program.
 */
export const progressPhases = [
  'starting',
  'reading',
  'extracting',
  'segmenting',
  'ranking',
  'section',
  'verifying',
  'saving',
  'searching',
  'answering',
  'fetching',
  'indexing',
] as const;
export const progressPhase = z.enum(progressPhases);
export type ProgressPhase = (typeof progressPhases)[number];

export const progress = z.strictObject({
  phase: progressPhase,
  /** What the phase works on now; for `section` the section's kind. */
  label: z.string().max(messageLimit).nullable(),
  /** Countable work only; both null or both set. A bar is drawn from these and from nothing else. */
  done: z.int().nonnegative().nullable(),
  total: z.int().positive().nullable(),
});
export type Progress = z.output<typeof progress>;
