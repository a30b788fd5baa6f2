import type { ProviderKind } from '../../../shared/domain/provider.ts';

/** The body of an answer ended before its end was announced. */
export class StreamCutShort extends Error {
  override readonly name = 'StreamCutShort';
  constructor() {
    super('The stream ended before the model had said that it was finished.');
  }
}

/** The event each wire ends with; null where it has none, and the finish reason in the last chunk is the only sign. */
const isLastEvent: Readonly<Record<ProviderKind, ((event: string, data: string) => boolean) | null>> = {
  openai_compatible: (_, data) => data === '[DONE]',
  openai: (_, data) => data === '[DONE]',
  anthropic: (event, data) => event === 'message_stop' || /^\{\s*"type"\s*:\s*"message_stop"/u.test(data),
  google: null,
};

/** Characters of a line that are looked at: every sign of an end stands at the beginning of one. */
const lineHead = 64;

/**
 * Passes a body of server-sent events through, byte for byte, and fails at its end unless the wire's last event was
 * there, whole. Without it an answer that a proxy cut off cleanly after a finish reason would pass for a complete one.
 * Events are told apart as the HTML standard says (9.2.6): one that no blank line follows does not count.
 */
export function requireTerminator(kind: ProviderKind, body: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
  const isLast = isLastEvent[kind];
  if (isLast === null) return body;
  const decoder = new TextDecoder();
  let line = '';
  let event = '';
  let data = '';
  let afterReturn = false;
  let isOver = false;

  function endLine(): void {
    if (line === '') {
      isOver ||= isLast?.(event, data) ?? false;
      event = '';
      data = '';
    } else if (line.startsWith('data:')) data = line.slice(5).trim();
    else if (line.startsWith('event:')) event = line.slice(6).trim();
    line = '';
  }

  function read(text: string): void {
    for (let at = 0; at < text.length && !isOver;) {
      if (afterReturn && text[at] === '\n') at += 1;
      afterReturn = false;
      const rest = /[\r\n]/u.exec(text.slice(at));
      const end = rest === null ? text.length : at + rest.index;
      line += text.slice(at, Math.min(end, at + lineHead - line.length));
      if (rest === null) return;
      endLine();
      afterReturn = rest[0] === '\r';
      at = end + 1;
    }
  }

  return body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(bytes, controller) {
        if (!isOver) read(decoder.decode(bytes, { stream: true }));
        controller.enqueue(bytes);
      },
      flush(controller) {
        if (!isOver) controller.error(new StreamCutShort());
      },
    }),
  );
}
