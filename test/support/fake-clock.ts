import type { Clock } from '../../src/main/engine/clock.ts';

interface Timer {
  readonly atMs: number;
  readonly order: number;
  readonly callback: () => void;
}

/** A clock that moves when a test says so. Turns of the event loop are counted out by `quiesce`. */
export interface FakeClock extends Clock {
  /** Fires every timer up to then, in order, letting everything settle after each. Both clocks advance. */
  advance(ms: number): Promise<void>;
  /** Sets the wall clock alone, as a person or a time server does; no timer notices. */
  jumpWall(ms: number): void;
  /** The machine sleeps: no timer fires meanwhile, and whether their time goes on differs between systems. */
  sleep(ms: number, timersGoOn: boolean): void;
  /** Runs what was asked for this turn, and nothing that it asks for in its turn. */
  runTurn(): void;
  /** Runs turns until nothing more is asked for. */
  quiesce(): Promise<void>;
  pendingTimers(): number;
}

/** Rounds of the real event loop without a new turn after which nothing is under way: promises settle within one. */
const quietRounds = 2;

export function createFakeClock(startMs = 1_800_000_000_000): FakeClock {
  let wallMs = startMs;
  let monotonicMs = 0;
  let order = 0;
  const timers = new Set<Timer>();
  let turns: (() => void)[] = [];

  function runTurn(): number {
    const due = turns;
    turns = [];
    for (const turn of due) turn();
    return due.length;
  }

  async function quiesce(): Promise<void> {
    for (let quiet = 0; quiet < quietRounds;) {
      await new Promise<void>(resolve => {
        setImmediate(resolve);
      });
      quiet = runTurn() === 0 ? quiet + 1 : 0;
    }
  }

  return {
    nowMs: () => wallMs,
    monotonicMs: () => monotonicMs,
    setTimer(delayMs, callback) {
      order += 1;
      const timer: Timer = { atMs: monotonicMs + delayMs, order, callback };
      timers.add(timer);
      return () => {
        timers.delete(timer);
      };
    },
    afterTurn: callback => {
      turns.push(callback);
    },
    async advance(ms) {
      await quiesce();
      const untilMs = monotonicMs + ms;
      for (;;) {
        const next = [...timers].filter(timer => timer.atMs <= untilMs).sort((a, b) => a.atMs - b.atMs || a.order - b.order)[0];
        if (next === undefined) break;
        timers.delete(next);
        wallMs += Math.max(0, next.atMs - monotonicMs);
        monotonicMs = Math.max(monotonicMs, next.atMs);
        next.callback();
        await quiesce();
      }
      wallMs += untilMs - monotonicMs;
      monotonicMs = untilMs;
      await quiesce();
    },
    jumpWall: ms => {
      wallMs += ms;
    },
    sleep(ms, timersGoOn) {
      wallMs += ms;
      if (timersGoOn) monotonicMs += ms;
    },
    runTurn() {
      runTurn();
    },
    quiesce,
    pendingTimers: () => timers.size,
  };
}
