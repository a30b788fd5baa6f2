import { z } from 'zod';

/**
 * What travels between the window and main, the same over both transports: a MessagePort (structured clone, bytes as
 * they are) and a WebSocket (JSON text, bytes as `{"$bytes": base64}`). A frame carries an envelope only; the input, the
 * result and the chunk are checked against their route by whoever handles it.
 */

/** Counts up from 1 in the page, one counter for calls and streams, never reused while the channel lives. */
const frameId = z.int().positive();

/** Longest route name accepted, several times the longest one declared. */
const routeName = z.string().min(1).max(128);

/** The most chunks a reader may ask for at once: bounds what a slow page can make the host buffer. */
export const streamCreditLimit = 10_000;
const credit = z.int().positive().max(streamCreditLimit);

export const callFrame = z.strictObject({ type: z.literal('call'), id: frameId, route: routeName, input: z.unknown() });
export const streamOpenFrame = z.strictObject({
  type: z.literal('stream-open'),
  id: frameId,
  route: routeName,
  input: z.unknown(),
  credit,
});
/** Allows that many more chunks, on top of what is still unspent. */
export const streamCreditFrame = z.strictObject({ type: z.literal('stream-credit'), id: frameId, chunks: credit });
/** The page no longer listens; the host sends nothing more for this id, not even an end. */
export const streamCancelFrame = z.strictObject({ type: z.literal('stream-cancel'), id: frameId });

export const toHostFrame = z.discriminatedUnion('type', [callFrame, streamOpenFrame, streamCreditFrame, streamCancelFrame]);
export type ToHost = z.output<typeof toHostFrame>;

export const failureFrame = z.strictObject({ code: z.string().min(1).max(64), message: z.string().max(2_000), retryable: z.boolean() });

export const resultFrame = z.strictObject({
  type: z.literal('result'),
  id: frameId,
  result: z.discriminatedUnion('ok', [
    z.strictObject({ ok: z.literal(true), value: z.unknown() }),
    z.strictObject({ ok: z.literal(false), error: failureFrame }),
  ]),
});
export const eventFrame = z.strictObject({ type: z.literal('event'), route: routeName, payload: z.unknown() });
/** `seq` counts from 1 without holes; a hole is a failure of the stream, never skipped over. */
export const streamChunkFrame = z.strictObject({
  type: z.literal('stream-chunk'),
  id: frameId,
  seq: z.int().positive(),
  chunk: z.unknown(),
});
/** The only proper end of a stream; a lost channel is the error `disconnected`, not an end. */
export const streamEndFrame = z.strictObject({ type: z.literal('stream-end'), id: frameId, error: failureFrame.nullable() });

export const toPageFrame = z.discriminatedUnion('type', [resultFrame, eventFrame, streamChunkFrame, streamEndFrame]);
export type ToPage = z.output<typeof toPageFrame>;

/** Key under which bytes are written in the JSON of the WebSocket. */
export const bytesKey = '$bytes';
/** Path of the WebSocket on the headless host. */
export const webSocketPath = '/ws';
