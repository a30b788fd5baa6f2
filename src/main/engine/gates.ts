import type { JobKindName } from '../../shared/domain/job.ts';
import type { SessionId } from '../../shared/domain/ids.ts';
import type { Clock } from './clock.ts';
import type { JobKind } from './job-kind.ts';
import type { EngineLimits } from './limits.ts';

/** At most `count` starts in any stretch of `perMs`. */
export interface Rate {
  readonly count: number;
  readonly perMs: number;
}

/** What one narrow place lets through; absent means any number. */
export interface GateLimits {
  /** Running at the same time. */
  readonly concurrency?: number;
  readonly rate?: Rate;
}

const none: readonly string[] = [];

interface Gate {
  readonly limits: GateLimits;
  /** Wall-clock times of the last starts, oldest first, at most `rate.count`. */
  starts: number[];
  /** Until then nothing starts: the other side asked for it. */
  closedUntilMs: number;
}

/** What decides which gates a job passes. */
export interface Passing {
  readonly kind: JobKind;
  readonly sessionId: SessionId | null;
  readonly provider: string | null;
}

/**
 * The narrow places that a job passes when it starts: its kind, its session within its kind, its provider. They live in
 * memory: after a restart nothing runs, rates start afresh, and a provider that is still busy says so again.
 */
export function createGates(deps: {
  readonly clock: Pick<Clock, 'nowMs'>;
  readonly providers: ReadonlyMap<string, GateLimits>;
  readonly limits: Pick<EngineLimits, 'retryAfterMs'>;
}) {
  /** One for each session, kind and provider with limits that this run has seen: some hundred bytes each. */
  const gates = new Map<string, Gate>();

  function open(name: string, limits: GateLimits | undefined): string | null {
    // A provider without limits has a gate only once it was asked to slow down.
    if (gates.has(name)) return name;
    if (limits === undefined) return null;
    gates.set(name, { limits, starts: [], closedUntilMs: 0 });
    return name;
  }

  /** Names of the gates on the way of a job; for most there are none. */
  function onTheWay({ kind, sessionId, provider }: Passing): readonly string[] {
    if (kind.rate === undefined && provider === null && (sessionId === null || kind.perSession === undefined)) return none;
    const names = [
      kind.rate === undefined ? null : open(kindGate(kind.name), { rate: kind.rate }),
      sessionId === null ? null : open(`session:${kind.name}:${sessionId}`, kind.perSession),
      provider === null ? null : open(providerGate(provider), deps.providers.get(provider)),
    ];
    return names.filter(name => name !== null);
  }

  /** How many more may start at `nowMs`, with `running` behind the gate already, `passing` of them not yet counted by `pass`. */
  function room(name: string, running: number, passing: number, nowMs: number): number {
    const gate = gates.get(name);
    // Held for a gate that this run does not know: nothing is behind it.
    if (gate === undefined) return Number.POSITIVE_INFINITY;
    if (opensAtMs(gate, nowMs) !== null) return 0;
    const { concurrency = Number.POSITIVE_INFINITY, rate } = gate.limits;
    return Math.max(
      0,
      Math.min(
        concurrency - running,
        rate === undefined ? Number.POSITIVE_INFINITY : rate.count - recent(gate, rate, nowMs).length - passing,
      ),
    );
  }

  function recent(gate: Gate, rate: Rate, nowMs: number): readonly number[] {
    // A start in the future was before the clock was set back; it counts no longer.
    gate.starts = gate.starts.filter(atMs => atMs <= nowMs && atMs > nowMs - rate.perMs);
    return gate.starts;
  }

  /** A time further ahead than anybody may ask for was set before the clock was set back; it holds no longer. */
  function closedUntilMs(gate: Gate, nowMs: number): number {
    return gate.closedUntilMs - nowMs > deps.limits.retryAfterMs ? 0 : gate.closedUntilMs;
  }

  /** When time alone opens the gate; null when it is not time that keeps it closed. */
  function opensAtMs(gate: Gate, nowMs: number): number | null {
    const { rate } = gate.limits;
    const starts = rate === undefined ? [] : recent(gate, rate, nowMs);
    const [first] = starts;
    const byRateMs = rate === undefined || first === undefined || starts.length < rate.count ? 0 : first + rate.perMs;
    const atMs = Math.max(byRateMs, closedUntilMs(gate, nowMs));
    return atMs > nowMs ? atMs : null;
  }

  return {
    onTheWay,
    room,
    /** One job starts behind these gates. */
    pass(names: readonly string[]): void {
      const nowMs = deps.clock.nowMs();
      for (const name of names) {
        const gate = gates.get(name);
        if (gate?.limits.rate !== undefined) gate.starts.push(nowMs);
      }
    },
    /** Nothing of the provider starts before then, whoever asked. */
    slowDown(provider: string, untilMs: number): void {
      const name = open(providerGate(provider), deps.providers.get(provider) ?? {});
      const gate = name === null ? undefined : gates.get(name);
      if (gate !== undefined) gate.closedUntilMs = Math.max(closedUntilMs(gate, deps.clock.nowMs()), untilMs);
    },
    /** When the next gate opens that time keeps closed at `nowMs`; null for none. */
    nextOpeningMs(nowMs: number): number | null {
      let earliest: number | null = null;
      for (const gate of gates.values()) {
        const atMs = opensAtMs(gate, nowMs);
        if (atMs !== null) earliest = Math.min(earliest ?? atMs, atMs);
      }
      return earliest;
    },
  };
}
export type Gates = ReturnType<typeof createGates>;

export function kindGate(kind: JobKindName): string {
  return `kind:${kind}`;
}

function providerGate(provider: string): string {
  return `provider:${provider}`;
}
