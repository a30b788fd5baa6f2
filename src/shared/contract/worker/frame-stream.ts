/**
 * Frames on a byte pipe: four bytes of length, big endian, then that many bytes of UTF-8 JSON. The length comes first so
 * the reader can refuse a frame before it holds it.
 *
 * Node's own IPC channel is not used for this: a byte that is not JSON on it is an uncaught exception in the parent, and
 * a frame of any size is gathered before anyone may object.
 */
const headerBytes = 4;

export interface FrameStreamParams {
  /** Bytes of one frame's body above which the stream is refused. */
  readonly byteLimit: number;
  readonly decodeUtf8: (bytes: Uint8Array) => string;
  readonly onFrame: (value: unknown) => void;
  /** Called once; nothing is read afterwards. */
  readonly onGarbage: (reason: string) => void;
}

/** Returns the function that takes chunks as they come, split anywhere. Memory held: one frame's body at most. */
export function createFrameReader(params: FrameStreamParams): (chunk: Uint8Array) => void {
  const header = new Uint8Array(headerBytes);
  let headerFilled = 0;
  let body: Uint8Array | null = null;
  let bodyFilled = 0;
  let refused = false;

  function refuse(reason: string): void {
    refused = true;
    body = null;
    params.onGarbage(reason);
  }

  function finish(bytes: Uint8Array): void {
    headerFilled = 0;
    body = null;
    bodyFilled = 0;
    let value: unknown;
    try {
      value = JSON.parse(params.decodeUtf8(bytes));
    } catch {
      refuse(`a frame of ${bytes.length} bytes is not JSON`);
      return;
    }
    params.onFrame(value);
  }

  return chunk => {
    let at = 0;
    while (at < chunk.length && !refused) {
      if (body === null) {
        const take = Math.min(headerBytes - headerFilled, chunk.length - at);
        header.set(chunk.subarray(at, at + take), headerFilled);
        headerFilled += take;
        at += take;
        if (headerFilled < headerBytes) return;
        const length = new DataView(header.buffer).getUint32(0);
        if (length > params.byteLimit) return refuse(`a frame announces ${length} bytes, more than the ${params.byteLimit} allowed`);
        if (length === 0) return refuse('a frame is empty');
        // A frame that lies whole in this chunk is read in place; only a split one is copied.
        if (chunk.length - at >= length) {
          const whole = chunk.subarray(at, at + length);
          at += length;
          finish(whole);
          continue;
        }
        body = new Uint8Array(length);
        bodyFilled = 0;
      }
      const take = Math.min(body.length - bodyFilled, chunk.length - at);
      body.set(chunk.subarray(at, at + take), bodyFilled);
      bodyFilled += take;
      at += take;
      if (bodyFilled === body.length) finish(body);
    }
  };
}

/** Writes the length in front of an encoded body. */
export function frameHeader(bodyBytes: number): Uint8Array {
  const header = new Uint8Array(headerBytes);
  new DataView(header.buffer).setUint32(0, bodyBytes);
  return header;
}
