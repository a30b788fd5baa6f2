import { z } from 'zod';
import { epochMs, sessionId, synopsisId, versionId } from './ids.ts';
import { language } from './language.ts';
import { template } from './synopsis.ts';

/** A word of the person's own; two that differ in case or in ё are one. */
export const tagName = z
  .string()
  .transform(name => name.replaceAll(/\s+/gu, ' ').trim())
  .pipe(z.string().min(1).max(60));
/** More would not be read at a row. */
export const tagsPerSynopsis = 20;

/** Each narrows down; null and false leave it. */
export const libraryFilter = {
  template: template.nullable().default(null),
  language: language.nullable().default(null),
  withIssues: z.boolean().default(false),
  isStale: z.boolean().default(false),
  tag: z.string().max(60).nullable().default(null),
};
export const filterShape = z.strictObject(libraryFilter);
export type LibraryFilter = z.output<typeof filterShape>;
export const noFilter: LibraryFilter = filterShape.parse({});

/** A tag and how many synopses have it. */
export const tagCount = z.strictObject({ name: z.string(), count: z.int().nonnegative() });
export type TagCount = z.output<typeof tagCount>;

/** A finished synopsis as a row of the library. */
export const libraryItem = z.strictObject({
  synopsisId,
  sessionId,
  versionId,
  title: z.string(),
  language,
  template,
  finishedAtMs: epochMs,
  sourceCount: z.int().nonnegative(),
  issueCount: z.int().nonnegative(),
  /** As it was found when its chat last changed. */
  isStale: z.boolean(),
  tags: z.array(z.string()),
});
export type LibraryItem = z.output<typeof libraryItem>;
