import { z } from 'zod';
import { documentByteLimit, documentView } from '../domain/document.ts';
import { documentId, requestKey, sessionId, sha256Hex } from '../domain/ids.ts';
import { segment } from '../domain/snapshot.ts';
import { call, event } from './define.ts';
import { enqueueErrors } from './enqueue.ts';
import { revision } from './pagination.ts';

/**
 * Why a source is shown as text alone: its format has no pages to look at, the original never was here (a bundle brought the text
 * alone), the document has been read anew since and its original has another text, or the stored file is gone or cut.
 */
export const noOriginalReasons = ['no_pages', 'not_kept', 'replaced', 'missing'] as const;
export type NoOriginalReason = (typeof noOriginalReasons)[number];

/** Bytes of one upload chunk: large enough that a 256 MiB file takes 256 calls, small enough not to stall main. */
export const uploadChunkBytes = 1024 * 1024;

const uploadId = z.uuid();

export const documentRoutes = {
  'uploads.begin': call({
    input: z.strictObject({ name: z.string().min(1).max(255), byteCount: z.int().nonnegative().max(documentByteLimit) }),
    output: z.strictObject({ uploadId }),
    errors: ['too_many_uploads', 'storage_full'],
  }),
  /** Chunks in order, `offset` being the bytes sent before; a repeated chunk is acknowledged and not written twice. */
  'uploads.append': call({
    input: z.strictObject({
      uploadId,
      offset: z.int().nonnegative(),
      bytes: z.instanceof(Uint8Array).refine(b => b.byteLength <= uploadChunkBytes),
    }),
    output: z.strictObject({ received: z.int().nonnegative() }),
    errors: ['not_found', 'wrong_offset', 'storage_full'],
  }),
  'uploads.abort': call({ input: z.strictObject({ uploadId }), output: z.strictObject({}) }),

  'documents.add': call({
    input: z.strictObject({
      sessionId,
      requestKey,
      from: z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('upload'), uploadId }),
        z.strictObject({ kind: z.literal('url'), url: z.string().min(1).max(4_096) }),
        z.strictObject({ kind: z.literal('text'), name: z.string().min(1).max(255), text: z.string().min(1).max(4_000_000) }),
      ]),
    }),
    output: documentView,
    errors: ['not_found', 'too_many_documents', 'upload_not_found', 'upload_incomplete', 'bad_address', 'already_here', ...enqueueErrors],
  }),
  'documents.list': call({
    input: z.strictObject({ sessionId }),
    output: z.strictObject({ documents: z.array(documentView), revision }),
    errors: ['not_found'],
  }),
  'documents.retry': call({
    input: z.strictObject({ documentId }),
    output: documentView,
    errors: ['not_found', 'not_retryable', ...enqueueErrors],
  }),
  /** Takes it out of the session; what cites it still opens, from its snapshot. */
  'documents.remove': call({ input: z.strictObject({ documentId }), output: z.strictObject({}), errors: ['not_found', 'storage_full'] }),
  'documents.changed': event(z.strictObject({ revision, sessionId, documents: z.array(documentView), removed: z.array(documentId) })),

  /** The text of a snapshot by whole segments, for the sources pane. Works from the stored copy, without a network. */
  'sources.read': call({
    input: z.strictObject({ snapshotHash: sha256Hex, from: z.int().nonnegative(), limit: z.int().min(1).max(500) }),
    output: z.strictObject({
      total: z.int().nonnegative(),
      pageCount: z.int().nonnegative(),
      segments: z.array(z.strictObject({ ...segment.shape, index: z.int().nonnegative(), text: z.string() })),
    }),
    errors: ['not_found', 'snapshot_damaged'],
  }),
  /** Where a page of this host fetches the original behind a stored text, whole or by ranges, as long as it is kept. */
  'sources.original': call({
    input: z.strictObject({ documentId, snapshotHash: sha256Hex }),
    output: z.discriminatedUnion('state', [
      z.strictObject({ state: z.literal('kept'), urlPath: z.string().max(200), byteCount: z.int().positive() }),
      z.strictObject({ state: z.literal('absent'), reason: z.enum(noOriginalReasons) }),
    ]),
    errors: ['not_found'],
  }),
  /** The segment that holds a character offset. */
  'sources.locate': call({
    input: z.strictObject({ snapshotHash: sha256Hex, offset: z.int().nonnegative() }),
    output: z.strictObject({ index: z.int().nonnegative() }),
    errors: ['not_found', 'snapshot_damaged'],
  }),
} as const;
