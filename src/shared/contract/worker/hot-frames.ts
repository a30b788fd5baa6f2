import { jobKinds } from '../../domain/job.ts';
import { stepNameLimit } from '../../domain/job-step.ts';
import { frameValueLimit, workerProtocolVersion, type FromWorker, type ToWorker } from './frames.ts';

/**
 * Guards for the frames that every task and every step sends, in their plain form. Each accepts a part of what the schema
 * of its frame accepts, and the schema would change nothing in it (`hot-frames.test.ts` tries both on the same frames);
 * whatever is not accepted here is for the schema to judge. A job that does nothing spends more on schemas than on itself.
 */
type Raw = Readonly<Record<string, unknown>>;

const kinds: ReadonlySet<unknown> = new Set(jobKinds);
/** As in the schema of a task's header; a place has the same. */
const leaseTokenLimit = 64;

/** `step`, `done`: a result without issues, usage or compensation. */
export function isHotFromWorker(raw: unknown): raw is Extract<FromWorker, { type: 'step' | 'done' }> {
  if (!isOfTask(raw)) return false;
  switch (raw['type']) {
    case 'done':
      return (
        isValue(raw['output']) &&
        Array.isArray(raw['issues']) &&
        raw['issues'].length === 0 &&
        ('tookMs' in raw ? isSpan(raw['tookMs']) && hasFields(raw, 7) : hasFields(raw, 6))
      );
    case 'step':
      return (
        isPositive(raw['seq']) &&
        isText(raw['name'], stepNameLimit) &&
        isWhole(raw['startedAtMs']) &&
        isValue(raw['output']) &&
        hasFields(raw, 8)
      );
    default:
      return false;
  }
}

/** `start` of a task that has nothing recorded; `step-recorded`. */
export function isHotToWorker(raw: unknown): raw is Extract<ToWorker, { type: 'start' | 'step-recorded' }> {
  if (!isOfTask(raw)) return false;
  switch (raw['type']) {
    case 'start':
      return (
        kinds.has(raw['kind']) &&
        typeof raw['jobId'] === 'string' &&
        typeof raw['traceId'] === 'string' &&
        isPositive(raw['attempt']) &&
        isValue(raw['input']) &&
        Array.isArray(raw['recorded']) &&
        raw['recorded'].length === 0 &&
        ('place' in raw ? isText(raw['place'], leaseTokenLimit) && hasFields(raw, 11) : hasFields(raw, 10))
      );
    case 'step-recorded':
      return isPositive(raw['seq']) && hasFields(raw, 5);
    default:
      return false;
  }
}

function isOfTask(raw: unknown): raw is Raw {
  return (
    typeof raw === 'object' &&
    raw !== null &&
    'v' in raw &&
    raw.v === workerProtocolVersion &&
    'generation' in raw &&
    isPositive(raw.generation) &&
    'leaseToken' in raw &&
    isText(raw.leaseToken, leaseTokenLimit)
  );
}

/** So many, and so none that the schema does not know: those it asks for have been looked at one by one. */
function hasFields(raw: Raw, count: number): boolean {
  let found = 0;
  for (const _ in raw) found += 1;
  return found === count;
}

function isText(value: unknown, limit: number): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= limit;
}

function isValue(value: unknown): boolean {
  return typeof value === 'string' && value.length <= frameValueLimit;
}

function isSpan(value: unknown): boolean {
  return Number.isFinite(value) && Number(value) >= 0;
}

function isWhole(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function isPositive(value: unknown): value is number {
  return isWhole(value) && value > 0;
}
