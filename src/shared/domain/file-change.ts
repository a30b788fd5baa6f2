import { z } from 'zod';
import { sha256Hex } from './ids.ts';

/** Characters of what a replaced file held before, so that it can be put back: with its path it fits what a step may name. */
export const keptBeforeLimit = 8_000;

/** Bytes of it when it is kept as a file beside: they fit a frame, and a text of so much is a shelf of books. */
export const keptFileLimit = 3_000_000;

/** A file that an agent has written, and how to take it back. */
export const fileChange = z.strictObject({
  path: z.string().min(1).max(4_096),
  /** Of what was written: a file that somebody has changed since is left alone. */
  sha256: sha256Hex,
  /** What was there before: a short text, or the hash of the file it is kept in; null where nothing was. */
  before: z.union([z.string().max(keptBeforeLimit), z.strictObject({ kept: sha256Hex })]).nullable(),
});
export type FileChange = z.output<typeof fileChange>;

/** Changes of a part of a plan that are told at once: with the longest paths and texts, all of it escaped, they fit a frame. */
export const changesPerPage = 100;
