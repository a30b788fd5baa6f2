import { randomFillSync } from 'node:crypto';
import { v7 } from 'uuid';
import type { z } from 'zod';

/** UUIDs that one call to the system's source of random bytes is good for: each call costs more than the rest of an id. */
const idsPerDraw = 256;
const uuidBytes = 16;
/** A counter of the RFC's method 1 has 32 bits here; half of them leave room to count up within one millisecond. */
const counterStarts = 2 ** 31;

const drawn = new Uint8Array(idsPerDraw * uuidBytes);
let left = 0;
let lastMs = 0;
let counter = 0;

function randomBytes(): Uint8Array {
  if (left === 0) {
    randomFillSync(drawn);
    left = idsPerDraw;
  }
  left -= 1;
  return drawn.subarray(left * uuidBytes, (left + 1) * uuidBytes);
}

/**
 * A new UUIDv7 under the brand of the given schema, later in order than any before it in this process, also within a
 * millisecond and after the clock was set back (RFC 9562, section 6.2, method 1).
 */
export function newId<S extends z.ZodType<string>>(_brand: S): z.output<S> {
  const random = randomBytes();
  const nowMs = Date.now();
  if (nowMs > lastMs) {
    lastMs = nowMs;
    counter = new DataView(random.buffer, random.byteOffset).getUint32(4) % counterStarts;
  } else {
    counter += 1;
  }
  // Not parsed: that would cost as much as the rest of an id, and the test beside it does.
  return v7({ random, msecs: lastMs, seq: counter }) as z.output<S>;
}
