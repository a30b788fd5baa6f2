import type { JobEnd, JobKind, JobRef } from './job-kind.ts';
import type { EngineLog } from './engine-log.ts';
import { sentenceOf } from './engine-log.ts';
import type { JobRecord, JobStore } from './job-store.ts';

export type IdleJobRef = Omit<JobRef<unknown>, 'leaseToken'>;
export type ParsedPayload = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly message: string };

/** Reads a stored payload with its kind's schema of today. */
export function parsePayload(kind: JobKind, text: string | null): ParsedPayload {
  if (text === null) return { ok: false, message: 'The payload of this job is missing.' };
  try {
    const parsed = kind.payload.safeParse(JSON.parse(text));
    return parsed.success
      ? { ok: true, value: parsed.data }
      : { ok: false, message: `The payload of this job does not fit ${kind.name}: ${issueOf(parsed.error)}` };
  } catch (error) {
    return { ok: false, message: `The payload of this job is not JSON: ${sentenceOf(error)}` };
  }
}

/** The first thing that is wrong, as a path and a sentence. */
export function issueOf(error: {
  readonly issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[];
}): string {
  const [issue] = error.issues;
  return issue === undefined ? 'it is not valid.' : `${issue.path.map(String).join('.') || '(root)'}: ${issue.message}`;
}

/** The job as its hooks see it while nobody holds it; null when its payload no longer parses. */
export function idleRef(store: Pick<JobStore, 'payload'>, kind: JobKind, record: JobRecord): IdleJobRef | null {
  const payload = parsePayload(kind, store.payload(record.id));
  if (!payload.ok) return null;
  return {
    id: record.id,
    sessionId: record.sessionId,
    payload: payload.value,
    attempt: record.attempt,
    traceId: record.traceId,
    parentId: record.parentId,
  };
}

/**
 * Ends a job together with its kind's `onEnd`, both or neither. A hook that throws must not keep a job from ending in
 * failure: then the end alone is recorded, with a note in the trail, and the error goes to the log. Errors of storage
 * pass through. `end` returns false when the row was not in the state it takes; then nothing happens.
 */
export function endWithHook(
  deps: { readonly store: JobStore; readonly log: EngineLog; readonly nowMs: number },
  kind: JobKind,
  job: IdleJobRef | null,
  what: JobEnd<never>,
  end: () => boolean,
): boolean {
  const { store, log } = deps;
  if (job === null || kind.onEnd === undefined) return end();
  try {
    return store.transaction(() => {
      if (!end()) return false;
      kind.onEnd?.(job, what);
      return true;
    });
  } catch (error) {
    if (store.storageFailure(error) !== null || !store.inTransaction()) throw error;
    log('error', `onEnd of ${kind.name} threw, the job ends without it: ${sentenceOf(error)}`, { jobId: job.id });
    if (!end()) return false;
    store.note(job.id, 'end_hook_failed', sentenceOf(error), deps.nowMs);
    return true;
  }
}
