import { z } from 'zod';
import { sessionId, sha256Hex } from '../domain/ids.ts';
import { jobError } from '../domain/job.ts';
import { modelId } from '../domain/model-id.ts';
import { snippet } from '../domain/snippet.ts';
import { sourceRef } from '../domain/synopsis.ts';
import { call } from './define.ts';

/** Passages of one answer: several screens of a list. */
const foundLimit = 50;

const foundPassage = z.strictObject({
  sessionId,
  source: sourceRef,
  title: z.string(),
  snapshotHash: sha256Hex,
  start: z.int().nonnegative(),
  end: z.int().nonnegative(),
  page: z.int().positive().nullable(),
  snippet,
});
export type FoundMaterial = z.output<typeof foundPassage>;

const count = z.int().nonnegative();

export const searchRoutes = {
  /**
   * Passages of all chats, best first. By meaning as well where a model does that, which takes a call of it: a list that grows while
   * somebody types asks for the words first.
   */
  'search.material': call({
    input: z.strictObject({
      typed: z.string().max(2_000),
      byMeaning: z.boolean().default(false),
      limit: z.int().min(1).max(foundLimit).default(20),
    }),
    output: z.strictObject({
      found: z.array(foundPassage),
      /** Whether meaning took part in it. */
      byMeaning: z.boolean(),
      /** Meaning was asked for and took no part, because the index of it is still being read into memory. */
      isLoading: z.boolean(),
    }),
  }),
  /** How far the index has come. */
  'search.health': call({
    input: z.strictObject({}),
    output: z.strictObject({
      /** Texts that have been read and that words do not find yet. */
      textsToIndex: count,
      /** Null where no model is chosen for search by meaning. */
      meaning: z
        .strictObject({
          modelId,
          /** Passages that a search may find, and how many of them have been prepared. */
          total: count,
          done: count,
          /** Whether what is prepared has been read into memory; until then words alone find. */
          isLoaded: z.boolean(),
          isWorking: z.boolean(),
          /** Why the last job for this ended early; null where it did not. */
          error: jobError.nullable(),
        })
        .nullable(),
    }),
  }),
} as const;
