/** Characters kept of what a worker printed, 8 KiB: V8's last words with their stack fit, a flood does not pile up. */
const tailLimit = 8 * 1024;

interface TextSource {
  on(event: 'data', listener: (chunk: Uint8Array | string) => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
}

export interface OutputTail {
  listen(source: TextSource | null): void;
  add(text: string): void;
  text(): string;
}

/** Reads streams to their end, so a worker never blocks on a full pipe, and keeps the last of it. */
export function createOutputTail(): OutputTail {
  let tail = '';
  const add = (text: string): void => {
    tail = (tail + text).slice(-tailLimit);
  };
  return {
    add,
    listen(source) {
      source?.on('data', chunk => add(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8')));
      // A broken output pipe says nothing the exit does not say.
      source?.on('error', () => {});
    },
    text: () => tail,
  };
}
