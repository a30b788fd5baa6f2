import { waitReason } from '../../../shared/domain/job-state.ts';
import type { attemptEnds, JobTrace } from '../../../shared/domain/job-trace.ts';
import type { TrailRow } from '../../store/jobs/job-trace-rows.ts';

type Attempt = Omit<JobTrace['attempts'][number], 'spanId'>;
type Wait = Omit<JobTrace['waits'][number], 'spanId'>;
type AttemptEnd = (typeof attemptEnds)[number];
type WaitState = Wait['state'];

export interface Periods {
  readonly attempts: readonly Attempt[];
  readonly waits: readonly Wait[];
  /** What moved the job nowhere. */
  readonly events: readonly { readonly type: string; readonly atMs: number }[];
}

/** What each entry of the trail that moves a job ends, and what it begins; the others are events. */
const moves: Readonly<Record<string, { readonly ends: AttemptEnd | null; readonly begins: WaitState | 'attempt' | null }>> = {
  enqueued: { ends: null, begins: 'queued' },
  due: { ends: null, begins: 'queued' },
  started: { ends: null, begins: 'attempt' },
  done: { ends: 'done', begins: null },
  failed: { ends: 'failed', begins: null },
  cancelled: { ends: 'cancelled', begins: null },
  retry: { ends: 'retried', begins: 'scheduled' },
  returned: { ends: 'lost', begins: 'queued' },
  waiting: { ends: 'parked', begins: 'waiting' },
  resumed: { ends: null, begins: 'queued' },
  retried_by_hand: { ends: null, begins: 'queued' },
  undoing: { ends: 'undoing', begins: 'queued' },
};

/** `code: sentence` of an end in failure; the sentence stays where it is. */
const leadingCode = /^([a-z][a-z0-9_]{0,63}):/u;

/** Cuts the trail of a job, oldest entry first, into attempts and the time between them. */
export function periodsOfTrail(trail: readonly TrailRow[]): Periods {
  const attempts: Attempt[] = [];
  const waits: Wait[] = [];
  const events: { type: string; atMs: number }[] = [];
  let open: 'attempt' | 'wait' | null = null;

  function end(atMs: number, row: TrailRow, how: AttemptEnd | null): void {
    const list = open === 'attempt' ? attempts : waits;
    const last = open === null ? undefined : list.at(-1);
    if (last === undefined) return;
    if ('end' in last) {
      const code = how === 'failed' || how === 'retried' || how === 'lost' ? (leadingCode.exec(row.detail ?? '')?.[1] ?? null) : null;
      attempts[attempts.length - 1] = { ...last, endedAtMs: atMs, end: how ?? 'lost', code };
    } else {
      // A job that becomes due was scheduled from its beginning, which its first entry does not say.
      waits[waits.length - 1] = { ...last, endedAtMs: atMs, state: row.type === 'due' ? 'scheduled' : last.state };
    }
    open = null;
  }

  for (const row of trail) {
    const { type, atMs } = row;
    const move = Object.hasOwn(moves, type) ? moves[type] : undefined;
    if (move === undefined) {
      events.push({ type: type.slice(0, 64), atMs });
      continue;
    }
    end(atMs, row, move.ends);
    if (move.begins === null) continue;
    if (move.begins === 'attempt') {
      attempts.push({ number: attempts.length + 1, startedAtMs: atMs, endedAtMs: null, end: null, code: null });
      open = 'attempt';
    } else {
      const reason = move.begins === 'waiting' ? (waitReason.safeParse(row.detail).data ?? null) : null;
      waits.push({ state: move.begins, reason, startedAtMs: atMs, endedAtMs: null });
      open = 'wait';
    }
  }
  return { attempts, waits, events };
}
