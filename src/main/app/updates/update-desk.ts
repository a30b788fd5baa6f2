import type { NoUpdatesReason, UpdateState } from '../../../shared/contract/updates.ts';
import { ExpectedError } from '../../ipc/expected-error.ts';
import { UpdateError, type UpdateSource } from './update-source.ts';

/** A day: a person is told of a new version the day after, and the address is not asked more than it must be. */
export const checkEveryMs = 24 * 60 * 60_000;
/** After the start, when the window is there and what was interrupted has gone on. */
export const firstCheckMs = 60_000;

interface UpdateDeskOptions {
  /** Or why there is none. */
  readonly source: UpdateSource | NoUpdatesReason;
  /** Whether the person wants the program to look by itself. */
  readonly isWanted: () => boolean;
  readonly runningTasks: () => number;
  readonly changed: (state: UpdateState) => void;
  readonly now: () => number;
  /** Returns how to forget it. */
  readonly later: (afterMs: number, work: () => void) => () => void;
  readonly report: (error: unknown) => void;
}

export interface UpdateDesk {
  state(): UpdateState;
  check(): Promise<UpdateState>;
  /** Throws `no_update` when none is offered. */
  download(): UpdateState;
  /** Throws `no_update` when none is ready, `tasks_running` while one is at work. */
  install(): void;
  /** How the host leaves for the new version; without one it is put in place when the person leaves. */
  setRestart(restart: (source: UpdateSource) => void): void;
  /**
   * The program is being left. What is ready takes its place afterwards, but not where tasks were at work: they go on with
   * the program that began them.
   */
  leaving(): void;
  stop(): void;
}

/** Newer versions of the program: looked for once a day, downloaded when the person says so, never put in place under running tasks. */
export function createUpdateDesk(options: UpdateDeskOptions): UpdateDesk {
  const { isWanted, runningTasks, changed, now, later, report } = options;
  const source = typeof options.source === 'string' ? null : options.source;
  let state: UpdateState =
    typeof options.source === 'string' ? { state: 'none', why: options.source } : { state: 'current', checkedAtMs: null };
  let restart: ((source: UpdateSource) => void) | null = null;
  let forget = source === null ? null : later(firstCheckMs, lookByItself);
  let underWay: Promise<UpdateState> | null = null;

  function become(next: UpdateState): UpdateState {
    state = next;
    changed(next);
    return next;
  }

  function failed(error: unknown, version: string | null): UpdateState {
    report(error);
    return become({ state: 'failed', why: error instanceof UpdateError ? error.why : 'other', version });
  }

  function lookByItself(): void {
    forget = later(checkEveryMs, lookByItself);
    if (isWanted()) void check();
  }

  async function look(from: UpdateSource): Promise<UpdateState> {
    become({ state: 'checking' });
    try {
      const version = await from.check();
      return become(version === null ? { state: 'current', checkedAtMs: now() } : { state: 'available', version });
    } catch (error) {
      return failed(error, null);
    } finally {
      underWay = null;
    }
  }

  async function check(): Promise<UpdateState> {
    if (source === null || state.state === 'downloading' || state.state === 'ready') return state;
    underWay ??= look(source);
    return underWay;
  }

  async function fetchIt(from: UpdateSource, version: string): Promise<void> {
    try {
      await from.download(part => {
        if (state.state === 'downloading') become({ state: 'downloading', version, part });
      });
      become({ state: 'ready', version });
    } catch (error) {
      failed(error, version);
    }
  }

  return {
    state: () => state,
    check,
    download() {
      if (state.state === 'downloading' || state.state === 'ready') return state;
      const version = state.state === 'available' || state.state === 'failed' ? state.version : null;
      if (source === null || version === null) throw new ExpectedError('no_update', 'No newer version has been found to download.');
      const begun = become({ state: 'downloading', version, part: 0 });
      void fetchIt(source, version);
      return begun;
    },
    install() {
      if (source === null || restart === null || state.state !== 'ready')
        throw new ExpectedError('no_update', 'No newer version has been downloaded.');
      const running = runningTasks();
      if (running > 0) throw new ExpectedError('tasks_running', `Tasks are at work (${running}): let them end or stop them first.`);
      restart(source);
    },
    setRestart(next) {
      restart = next;
    },
    leaving() {
      source?.placeOnExit(state.state === 'ready' && runningTasks() === 0);
    },
    stop() {
      forget?.();
      forget = null;
    },
  };
}
