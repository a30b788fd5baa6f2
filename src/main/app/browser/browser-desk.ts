import type { HostCallInput, HostCallOutput } from '../../../shared/contract/worker/host-calls.ts';
import type { BrowserView, PersonInput } from '../../../shared/domain/browser.ts';
import type { JobId } from '../../../shared/domain/ids.ts';

/** How long one look waits for a picture that is new, 5 s: a window that has gone is noticed after that. */
const lookMs = 5_000;
/** A worker is answered after 5 s in any case: it then tells how long it has worked and which tabs there are. */
const newsMs = 5_000;
/** Input of a person that waits for the browser; of more, the oldest is forgotten, for the page stands still. */
const waitingInputLimit = 1_000;

type Orders = HostCallOutput<'browser.orders'>;
type Picture = NonNullable<HostCallInput<'browser.frame'>['picture']>;

export interface Frame {
  readonly number: number;
  readonly picture: Picture | null;
}

/** A browser at work. */
interface Seat {
  tabs: BrowserView['tabs'];
  /** What a person wants. */
  holder: 'task' | 'person';
  isPaused: boolean;
  /** Counts changes of what a person wants. */
  version: number;
  events: PersonInput[];
  /** How many wait for a picture. */
  lookers: number;
  /** The worker has been told that somebody looks and has sent nothing since. */
  isLookTold: boolean;
  frame: Frame;
  /** Called with every change. */
  readonly wakers: Set<() => void>;
}

/**
 * Between the windows and the browsers at work: what a person wants goes one way, and pictures come the other. All of it is in memory
 * and of the moment; what has to outlive the program is in the database.
 */
export interface BrowserDesk {
  /**
   * What a person wants, as soon as it is something else than the worker knows, or after some seconds as it is. The first call of an attempt says that its browser is
   * at work; when `signal` fires it no longer is, and the call rejects.
   */
  orders(job: JobId, stands: HostCallInput<'browser.orders'>, signal: AbortSignal): Promise<Orders>;
  /** The task has ended. */
  closed(job: JobId): void;
  framed(job: JobId, picture: Picture | null): void;
  /** Null for a task whose browser is not at work. */
  stands(job: JobId): Pick<BrowserView, 'holder' | 'isPaused' | 'tabs'> | null;
  hold(job: JobId, holder: 'task' | 'person', isPaused: boolean): void;
  input(job: JobId, events: readonly PersonInput[]): void;
  /** The next picture after `after`, or none of it after some seconds. */
  look(job: JobId, after: number, signal: AbortSignal): Promise<Frame>;
}

export function createBrowserDesk(changed: (job: JobId) => void): BrowserDesk {
  const seats = new Map<JobId, Seat>();

  function opened(job: JobId): Seat {
    const seat: Seat = {
      tabs: [],
      holder: 'task',
      isPaused: false,
      version: 0,
      events: [],
      lookers: 0,
      isLookTold: false,
      frame: { number: 0, picture: null },
      wakers: new Set(),
    };
    seats.set(job, seat);
    changed(job);
    return seat;
  }
  function closed(job: JobId): void {
    const seat = seats.get(job);
    if (seat === undefined) return;
    seats.delete(job);
    wake(seat);
    changed(job);
  }
  function wake({ wakers }: Seat): void {
    for (const waker of [...wakers]) waker();
  }
  /** Resolves once `isReady`; false when the signal fires first. */
  function until(seat: Seat, isReady: () => boolean, signal: AbortSignal): Promise<boolean> {
    return new Promise(resolve => {
      const look = (isOver: boolean): void => {
        if (!isOver && !isReady()) return;
        seat.wakers.delete(waker);
        signal.removeEventListener('abort', over);
        resolve(!isOver);
      };
      const waker = (): void => {
        look(false);
      };
      const over = (): void => {
        look(true);
      };
      seat.wakers.add(waker);
      signal.addEventListener('abort', over);
      look(signal.aborted);
    });
  }

  return {
    closed,
    async orders(job, { seen, tabs }, signal) {
      const seat = seats.get(job) ?? opened(job);
      if (JSON.stringify(seat.tabs) !== JSON.stringify(tabs)) {
        seat.tabs = tabs;
        changed(job);
      }
      const wantsLook = () => seat.lookers > 0 && !seat.isLookTold;
      const hasNews = () => seat.version !== seen || seat.events.length > 0 || wantsLook();
      // Who has just got a picture may be gone again by the time that this goes on.
      const isDue = AbortSignal.timeout(newsMs);
      while ((!hasNews() && !isDue.aborted) || signal.aborted) {
        await until(seat, hasNews, AbortSignal.any([signal, isDue]));
        if (signal.aborted) closed(job);
        signal.throwIfAborted();
      }
      const looks = wantsLook();
      if (looks) seat.isLookTold = true;
      return { version: seat.version, holder: seat.holder, isPaused: seat.isPaused, looks, events: seat.events.splice(0) };
    },
    framed(job, picture) {
      const seat = seats.get(job);
      if (seat === undefined) return;
      seat.isLookTold = false;
      if (picture !== null) seat.frame = { number: seat.frame.number + 1, picture };
      wake(seat);
    },
    stands(job) {
      const seat = seats.get(job);
      return seat === undefined ? null : { holder: seat.holder, isPaused: seat.isPaused, tabs: seat.tabs };
    },
    hold(job, holder, isPaused) {
      const seat = seats.get(job);
      if (seat === undefined) return;
      seat.holder = holder;
      seat.isPaused = isPaused;
      seat.version += 1;
      // What was typed before the page was given back is no longer wanted.
      if (holder === 'task') seat.events = [];
      wake(seat);
      changed(job);
    },
    input(job, events) {
      const seat = seats.get(job);
      if (seat === undefined) return;
      seat.events = [...seat.events, ...events].slice(-waitingInputLimit);
      wake(seat);
    },
    async look(job, after, signal) {
      const seat = seats.get(job);
      if (seat === undefined) return { number: after, picture: null };
      const isNew = () => seat.frame.picture !== null && seat.frame.number !== after;
      seat.lookers += 1;
      wake(seat);
      try {
        await until(seat, () => isNew() || seats.get(job) !== seat, AbortSignal.any([signal, AbortSignal.timeout(lookMs)]));
        return isNew() ? seat.frame : { number: after, picture: null };
      } finally {
        seat.lookers -= 1;
      }
    },
  };
}
