import { byTimer, type Later } from '../state/later.ts';

/** Least time between two questions while somebody types: two keys of a fast typist, and too short to be felt as waiting. */
export const searchPauseMs = 80;

interface TypedSearchParams<A> {
  readonly ask: (text: string) => Promise<A>;
  /** Called with answers in the order of their questions; one that an answer to a newer question has overtaken is dropped. */
  readonly show: (answer: A) => void;
  readonly later?: Later;
}

export interface TypedSearch {
  /** Asks at once, or at the end of the pause; of what is typed in the pause only the last is asked for. */
  search(text: string): void;
  /** Nothing is asked and nothing shown any more. */
  stop(): void;
}

export function createTypedSearch<A>({ ask, show, later = byTimer }: TypedSearchParams<A>): TypedSearch {
  let asked = 0;
  let shown = 0;
  let isStopped = false;
  let waiting: string | null = null;
  /** Calls the end of the pause off; null when there is no pause. */
  let callOff: (() => void) | null = null;

  function send(text: string): void {
    const turn = ++asked;
    callOff = later(endPause, searchPauseMs);
    void ask(text).then(answer => {
      if (isStopped || turn < shown) return;
      shown = turn;
      show(answer);
    });
  }

  function endPause(): void {
    callOff = null;
    if (waiting === null) return;
    const text = waiting;
    waiting = null;
    send(text);
  }

  return {
    search(text) {
      if (callOff === null) send(text);
      else waiting = text;
    },
    stop() {
      isStopped = true;
      callOff?.();
    },
  };
}
