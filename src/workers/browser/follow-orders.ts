import type { TaskContext } from '../runtime/task-context.ts';
import type { BrowserSession } from './browser-session.ts';

/** Milliseconds one look waits for a change of the page: a window asks again. */
const lookMs = 3_000;
/** After so many milliseconds without a look no more pictures are made. */
const unseenMs = 6_000;

export interface FollowedOrders {
  /** Resolves while neither a person holds the page nor the task is paused. */
  whenFree(): Promise<void>;
  /** Milliseconds that this attempt has worked: without what a person held or paused, and without waiting for their answer. */
  workedMs(): number;
  /** Those of them that were not taken yet. */
  takeWorked(): number;
  stop(): Promise<void>;
}

/**
 * Does what a person wants of the browser, for as long as it is at work. Main answers each call when there is something, so one call
 * is always under way, and input is never behind a picture. `givenBack` is waited for before the task goes on after a person.
 */
export function followOrders(
  session: BrowserSession,
  context: Pick<TaskContext<'browser.run'>, 'hostCall' | 'signal' | 'log'>,
  givenBack: () => Promise<void>,
  now: () => number = () => performance.now(),
): FollowedOrders {
  const { signal } = context;
  const over = new AbortController();
  const ending = AbortSignal.any([signal, over.signal]);
  let holder: 'task' | 'person' = 'task';
  let isPaused = false;
  let free = Promise.withResolvers<void>();
  free.resolve();
  let workedBefore = 0;
  let since: number | null = now();
  let taken = 0;
  let looking: Promise<void> | null = null;
  let unseen: ReturnType<typeof setTimeout> | null = null;

  const worked = () => workedBefore + (since === null ? 0 : now() - since);

  function stands(nextHolder: typeof holder, nextPaused: boolean): void {
    const wasFree = holder === 'task' && !isPaused;
    const isFree = nextHolder === 'task' && !nextPaused;
    if (nextHolder !== holder) session.hold(nextHolder === 'person');
    holder = nextHolder;
    isPaused = nextPaused;
    if (isFree === wasFree) return;
    if (isFree) {
      since = now();
      free.resolve();
    } else {
      workedBefore = worked();
      since = null;
      free = Promise.withResolvers();
    }
  }

  async function look(): Promise<void> {
    if (unseen !== null) clearTimeout(unseen);
    const picture = await session.nextFrame(AbortSignal.any([ending, AbortSignal.timeout(lookMs)])).catch((error: unknown) => {
      context.log('debug', `No picture could be made: ${String(error)}`);
      return null;
    });
    if (ending.aborted) return;
    await context.hostCall('browser.frame', {
      picture:
        picture === null ? null : { jpeg: Buffer.from(picture.jpeg).toString('base64'), width: picture.width, height: picture.height },
    });
    unseen = setTimeout(() => {
      void session.stopFrames();
    }, unseenMs);
  }

  async function follow(): Promise<void> {
    let seen = 0;
    while (!ending.aborted) {
      const orders = await context.hostCall('browser.orders', { seen, holder, tabs: [...(await session.tabs())] });
      if (ending.aborted) return;
      seen = orders.version;
      if (holder === 'person' && orders.holder === 'task') await givenBack();
      stands(orders.holder, orders.isPaused);
      if (orders.events.length > 0 && holder === 'person')
        await session.input(orders.events).catch((error: unknown) => {
          context.log('warn', `What the person did could not be passed on to the page: ${String(error)}`);
        });
      if (orders.looks)
        looking = (looking ?? Promise.resolve()).then(look).catch((error: unknown) => {
          if (!ending.aborted) context.log('warn', `A picture could not be sent: ${String(error)}`);
        });
    }
  }
  const following = follow().catch((error: unknown) => {
    if (ending.aborted) return;
    context.log('warn', `What a person wants is no longer heard: ${String(error)}`);
    // Nobody could give the page back any more.
    stands('task', false);
  });
  ending.addEventListener('abort', () => {
    free.resolve();
  });

  return {
    async whenFree() {
      await free.promise;
      signal.throwIfAborted();
    },
    workedMs: worked,
    takeWorked() {
      const more = worked() - taken;
      taken += more;
      return more;
    },
    async stop() {
      over.abort();
      if (unseen !== null) clearTimeout(unseen);
      await looking;
      // The call that is under way is answered only when there is something; main drops it with the end of the attempt.
      void following;
    },
  };
}
