import { z } from 'zod';
import { jobKind, type JobKindName } from '../../shared/domain/job.ts';
import type { CallContext } from './calls/call-context.ts';

/** Under these the program remembers what stands still. */
const queueKey = 'queue-paused';
const kindsKey = 'paused-kinds';

/** Pauses one kind or lets it go on, or the whole queue for null. Written down first: what a crash forgot would begin by itself. */
export function setQueuePaused(
  { store, engine, changes, now }: Pick<CallContext, 'store' | 'engine' | 'changes' | 'now'>,
  kind: JobKindName | null,
  paused: boolean,
): void {
  if (kind === null) {
    store.settingsState.set(queueKey, paused, now());
    engine.setPaused(paused);
  } else {
    const kinds = [...new Set([...engine.pausedKinds(), kind])].filter(name => paused || name !== kind);
    store.settingsState.set(kindsKey, kinds, now());
    engine.setKindPaused(kind, paused);
  }
  changes.status();
}

/** The next start of the engine finds the queue paused. */
export function rememberQueuePaused(store: CallContext['store'], atMs: number): void {
  store.settingsState.set(queueKey, true, atMs);
}

/** What was paused in an earlier run; a kind that this build does not know is no longer paused. */
export function pauseAsBefore({ store, engine }: Pick<CallContext, 'store' | 'engine'>): void {
  engine.setPaused(store.settingsState.get(queueKey, z.boolean()) ?? false);
  for (const name of store.settingsState.get(kindsKey, z.array(z.string())) ?? []) {
    const kind = jobKind.safeParse(name);
    if (kind.success) engine.setKindPaused(kind.data, true);
  }
}
