import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Delivery } from './script.ts';

/** Sends a body as a delivery says. Resolves once nothing more will be sent, or the other side has left. */
export async function deliver(
  response: ServerResponse,
  writes: readonly (string | Uint8Array)[],
  { chunkBytes, cutAfterBytes, cut = 'clean', stallAfterBytes, tokensPerSecond }: Delivery,
  closing: AbortSignal,
): Promise<void> {
  const limit = cutAfterBytes ?? stallAfterBytes ?? Number.POSITIVE_INFINITY;
  const beganAt = performance.now();
  let sent = 0;
  let count = 0;
  for (const piece of pieces(writes, chunkBytes)) {
    if (closing.aborted || response.destroyed) return;
    if (sent >= limit) break;
    const part = piece.subarray(0, limit - sent);
    sent += part.byteLength;
    if (!response.write(part)) await drained(response);
    count += 1;
    // Against the clock: a timer that fires late does not slow the whole stream down.
    if (tokensPerSecond !== undefined) {
      const aheadMs = beganAt + (count * 1_000) / tokensPerSecond - performance.now();
      if (aheadMs > 0) await sleep(aheadMs, undefined, { signal: closing }).catch(() => {});
    }
    // Small pieces arrive as such only when each has left before the next one.
    else if (chunkBytes !== undefined) await new Promise<void>(resolve => void setImmediate(resolve));
  }
  if (stallAfterBytes !== undefined) return untilClosed(response, closing);
  if (cutAfterBytes !== undefined && cut === 'reset') {
    // What was written leaves first: a reset throws away what lies in the socket.
    await new Promise<void>(resolve => void response.write('', () => resolve()));
    response.destroy();
  } else response.end();
}

export function untilClosed(response: ServerResponse, closing: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    response.once('close', resolve);
    closing.addEventListener(
      'abort',
      () => {
        response.destroy();
        resolve();
      },
      { once: true },
    );
  });
}

function drained(response: ServerResponse): Promise<void> {
  return new Promise(resolve => {
    const done = () => {
      response.off('drain', done).off('close', done);
      resolve();
    };
    response.on('drain', done).on('close', done);
  });
}

function* pieces(writes: readonly (string | Uint8Array)[], chunkBytes: number | undefined): Generator<Uint8Array> {
  const bytes = writes.map(write => (typeof write === 'string' ? Buffer.from(write) : write));
  if (chunkBytes === undefined) {
    yield* bytes;
    return;
  }
  const whole = Buffer.concat(bytes);
  for (let at = 0; at < whole.byteLength; at += chunkBytes) yield whole.subarray(at, at + chunkBytes);
}
