import { z } from 'zod';
import { usage } from '../../domain/budget.ts';
import { sha256Hex } from '../../domain/ids.ts';
import { recordedCall } from '../../domain/synopsis-model.ts';
import { sourceRef } from '../../domain/synopsis.ts';

/** Synopses in one export: with their paths they fit a frame many times over. */
export const exportLimit = 5_000;

/** A signed byte a dimension, as base64; the longest vectors on offer have 4,096. */
export const encodedVector = z.base64().min(1).max(22_000);
/** 16 bytes, as base64. */
export const encodedHash = z.base64().length(24);

export const path = z.string().min(1).max(4_096);

/** A picture as it is shown to a model, a JPEG as base64: one of the longest side that is sent takes a megabyte at the worst. */
export const shownPicture = z.base64().startsWith('/9j/').max(5_000_000);

/** What came of showing one, with what it has used up either way. */
export const lookedAt = [
  z.strictObject({ outcome: z.literal('told'), call: recordedCall, usage }),
  z.strictObject({
    outcome: z.literal('failed'),
    failure: z.strictObject({
      code: z.string().max(64),
      message: z.string().max(2_000),
      retryable: z.boolean(),
      retryAfterMs: z.number().nonnegative().nullable(),
    }),
    usage,
  }),
] as const;

/** Bytes of one staged file, 512 MiB: the longest text that is kept, in the widest letters and with its segments, takes a third of it. */
export const stagedByteLimit = 512 * 1024 * 1024;

/** A file the worker wrote into its staging folder; main checks the length and the hash and adopts it as an artifact. */
export const stagedFile = z.strictObject({
  name: z.string().regex(/^[\w.-]{1,100}$/u),
  sha256: sha256Hex,
  byteCount: z.int().nonnegative().max(stagedByteLimit),
});
export type StagedFile = z.output<typeof stagedFile>;

/** A stored snapshot the worker may read: `path` is a read-only JSON file of the `snapshot` schema. */
export const snapshotInput = z.strictObject({ source: sourceRef, title: z.string().max(500), snapshotHash: sha256Hex, path });
export type SnapshotInput = z.output<typeof snapshotInput>;
