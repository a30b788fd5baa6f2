import { z } from 'zod';
import { messageId, sha256Hex } from './ids.ts';
import { language } from './language.ts';

/**
 * A snapshot is what a citation points into: one canonical text, Unicode NFC, `\n` line ends, never edited afterwards.
 * All offsets are UTF-16 code units into that text, `start` inclusive and `end` exclusive, as `String.prototype.slice`
 * takes them. `hash` is the SHA-256 of the text as UTF-8.
 */
export const segmentKinds = ['heading', 'paragraph', 'list-item', 'table', 'code', 'quote', 'message'] as const;

const offset = z.int().nonnegative();

/** A block of the source in reading order. Segments do not overlap; text between them is white space. */
export const segment = z.strictObject({
  kind: z.enum(segmentKinds),
  start: offset,
  end: offset,
  /** Heading level, 1 to 6; null for everything else. */
  level: z.int().min(1).max(6).nullable(),
  /** 1-based page of the original, where the format has pages. */
  page: z.int().positive().nullable(),
  /** Chat messages only. */
  messageId: messageId.nullable(),
  speaker: z.string().max(200).nullable(),
  /** Recordings only: milliseconds from its beginning to where this is said. */
  timeMs: offset.optional(),
});
export type Segment = z.output<typeof segment>;

export const page = z.strictObject({ number: z.int().positive(), start: offset, end: offset });

/** What could not be read, by code; the window names each of them. */
export const snapshotWarningCodes = [
  'pages_need_ocr',
  'pages_failed',
  'truncated',
  'encoding_guessed',
  'tables_flattened',
  /** Pictures whose words are those that a model has read: `count` of them, by the model that `detail` names. */
  'read_by_model',
] as const;
export const snapshotWarning = z.strictObject({
  code: z.enum(snapshotWarningCodes),
  /** Pages concerned, or characters left out, or null where a number says nothing. */
  count: z.int().nonnegative().nullable(),
  detail: z.string().max(200).nullable(),
});
export type SnapshotWarning = z.output<typeof snapshotWarning>;

export const snapshot = z.strictObject({
  version: z.literal(1),
  hash: sha256Hex,
  text: z.string(),
  segments: z.array(segment),
  /** Empty where the format has no pages. */
  pages: z.array(page),
  title: z.string().max(500).nullable(),
  language: language.nullable(),
  warnings: z.array(snapshotWarning),
});
export type Snapshot = z.output<typeof snapshot>;
