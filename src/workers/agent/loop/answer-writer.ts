import type { HostCallInput } from '../../../shared/contract/worker/host-calls.ts';

/** Between two writes: a window shows some 30 to 60 pictures a second, and more writes would only cost. */
const writeIntervalMs = 30;

/**
 * Sends an answer's text as it grows: what comes first at once, the rest gathered. Nothing is sent before `begin`, so what an
 * attempt reads from its records goes out in one write, over whatever the attempt before it had left.
 */
export interface AnswerWriter {
  append(text: string): void;
  begin(): void;
  /** Resolves once main has everything, and has nothing beyond it. Rejects if main would not take it. */
  settle(): Promise<void>;
  /**
   * The attempt has failed: what it has said goes out all the same, since it is all that is left of the answer. Where it has said
   * nothing more, what main has is left alone. Never rejects: the failure that led here is the one that counts.
   */
  keep(): Promise<void>;
  /** Sends nothing more. */
  close(): void;
}

export function createAnswerWriter(write: (part: HostCallInput<'answer.write'>) => Promise<unknown>): AnswerWriter {
  let at = 0;
  let pending = '';
  let state: 'holding' | 'begun' | 'closed' = 'holding';
  let hasWritten = false;
  let writing: Promise<void> | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let failure: { readonly error: unknown } | null = null;

  function send(): void {
    const part = { at, text: pending };
    at += pending.length;
    pending = '';
    hasWritten = true;
    writing = write(part)
      .then(
        () => {},
        (error: unknown) => {
          failure ??= { error };
        },
      )
      .then(() => {
        writing = null;
        if (state !== 'begun' || failure !== null) return;
        timer = setTimeout(() => {
          timer = null;
          pump();
        }, writeIntervalMs);
      });
  }
  function pump(): void {
    if (state === 'begun' && writing === null && timer === null && failure === null && pending !== '') send();
  }
  function stopTimer(): void {
    if (timer !== null) clearTimeout(timer);
    timer = null;
  }

  return {
    append(text) {
      pending += text;
      pump();
    },
    begin() {
      if (state === 'holding') state = 'begun';
      pump();
    },
    async settle() {
      while (writing !== null || (failure === null && state === 'begun' && (pending !== '' || !hasWritten))) {
        if (writing === null) send();
        await writing;
        stopTimer();
      }
      if (failure !== null) throw failure.error;
    },
    async keep() {
      while (failure === null && state === 'begun' && (writing !== null || pending !== '')) {
        if (writing === null) send();
        await writing;
        stopTimer();
      }
    },
    close() {
      state = 'closed';
      stopTimer();
    },
  };
}
