/**
 * Frames on a byte pipe: four bytes of length, big endian, then that many bytes of UTF-8 JSON, which is a list of frames.
 * What one turn of the loop sends travels as one list: a system call, a buffer and a parse each instead of one per frame.
 * The length comes first so the reader can refuse a list before it holds it.
 *
 * Node's own IPC channel is not used for this: a byte that is not JSON on it is an uncaught exception in the parent, and
 * a frame of any size is gathered before anyone may object.
 */
const headerBytes = 4;

export interface FrameReaderParams {
  /** Bytes of one list's body above which the stream is refused. */
  readonly byteLimit: number;
  readonly decodeUtf8: (bytes: Uint8Array) => string;
  readonly onFrame: (value: unknown) => void;
  /** Called once; nothing is read afterwards. */
  readonly onGarbage: (reason: string) => void;
}

/** Returns the function that takes chunks as they come, split anywhere. Memory held: one list's body at most. */
export function createFrameReader(params: FrameReaderParams): (chunk: Uint8Array) => void {
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
    let frames: unknown;
    try {
      frames = JSON.parse(params.decodeUtf8(bytes));
    } catch {
      refuse(`a list of frames of ${bytes.length} bytes is not JSON`);
      return;
    }
    if (!Array.isArray(frames)) {
      refuse(`${bytes.length} bytes of JSON are no list of frames`);
      return;
    }
    for (const frame of frames) params.onFrame(frame);
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
        if (length > params.byteLimit)
          return refuse(`a list of frames announces ${length} bytes, more than the ${params.byteLimit} allowed`);
        if (length === 0) return refuse('a list of frames is empty');
        // A list that lies whole in this chunk is read in place; only a split one is copied.
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

export interface FrameWriterParams {
  /** Characters of JSON above which frames no longer wait for others; one frame alone may have more. */
  readonly charLimit: number;
  readonly encodeUtf8: (text: string) => Uint8Array;
  /** Calls back once the turn at hand has said what it has to say. */
  readonly afterTurn: (callback: () => void) => void;
  readonly write: (header: Uint8Array, body: Uint8Array) => void;
}

export interface FrameWriter {
  send(frame: object): void;
  /** Writes what waits for the end of the turn. */
  flush(): void;
}

/** Gathers the frames of one turn into one list. Order is kept. */
export function createFrameWriter(params: FrameWriterParams): FrameWriter {
  let texts: string[] = [];
  let chars = 0;
  let scheduled = false;

  function flush(): void {
    if (texts.length === 0) return;
    const body = params.encodeUtf8(`[${texts.join(',')}]`);
    texts = [];
    chars = 0;
    params.write(frameHeader(body.length), body);
  }
  return {
    send(frame) {
      const text = JSON.stringify(frame);
      if (chars + text.length > params.charLimit) flush();
      texts.push(text);
      chars += text.length;
      if (scheduled) return;
      scheduled = true;
      params.afterTurn(() => {
        scheduled = false;
        flush();
      });
    },
    flush,
  };
}

/** The length that stands in front of an encoded list. */
export function frameHeader(bodyBytes: number): Uint8Array {
  const header = new Uint8Array(headerBytes);
  new DataView(header.buffer).setUint32(0, bodyBytes);
  return header;
}
