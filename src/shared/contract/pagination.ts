import { z } from 'zod';

/** Rows of one page of a list; the window asks for the next as it scrolls. */
export const pageLimit = 200;

/** Keyset paging: `before` is the `next` of the page above it, opaque to the caller; null asks for the newest. */
export const pageRequest = {
  before: z.string().max(200).nullable().default(null),
  limit: z.int().min(1).max(pageLimit).default(50),
};
/** What every list may answer: `before` is no place in it. */
export const pageErrors = ['bad_cursor'] as const;
export const nextPage = z.string().max(200).nullable();

/**
 * Counts up by one with every event of its route. A snapshot carries the revision it includes; a gap means an event was
 * missed and the snapshot is asked for again.
 */
export const revision = z.int().nonnegative();
