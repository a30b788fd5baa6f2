import type { PersonInput } from '../../../shared/domain/browser.ts';

/** As many as one call takes. */
const eventsAtOnce = 200;

export interface InputQueue {
  push(event: PersonInput): void;
  /** What waits is forgotten. */
  clear(): void;
}

/**
 * Sends what a person does in the order it was done, one call at a time: what comes meanwhile waits for the next one. Of movements
 * and turns of the wheel that wait only what they come to is sent, so that a slow page is not left behind.
 */
export function createInputQueue(send: (events: readonly PersonInput[]) => Promise<boolean>): InputQueue {
  let waiting: PersonInput[] = [];
  let isSending = false;

  async function flush(): Promise<void> {
    isSending = true;
    while (waiting.length > 0) {
      const events = waiting.slice(0, eventsAtOnce);
      waiting = waiting.slice(eventsAtOnce);
      // What follows one that was refused would be done on another page, or by nobody.
      if (!(await send(events))) waiting = [];
    }
    isSending = false;
  }

  return {
    push(event) {
      const last = waiting.at(-1);
      if (last?.type === 'mouse' && last.what === 'move' && event.type === 'mouse' && event.what === 'move')
        waiting[waiting.length - 1] = event;
      else if (last?.type === 'wheel' && event.type === 'wheel')
        waiting[waiting.length - 1] = { ...event, dx: last.dx + event.dx, dy: last.dy + event.dy };
      else waiting.push(event);
      if (!isSending) void flush();
    },
    clear() {
      waiting = [];
    },
  };
}
