import { maxAttempts } from '../../shared/domain/retry-policy.ts';
import type { JobId } from '../../shared/domain/ids.ts';
import { dayMs, highestPriority, longestDelayMs, lowestPriority } from '../../shared/domain/job-order.ts';
import { isFinal } from '../../shared/domain/job-state.ts';
import type { EnqueueRequest, Enqueued } from './engine-api.ts';
import { EngineError } from './engine-api.ts';
import { sentenceOf } from './engine-log.ts';
import { issueOf } from './job-hooks.ts';
import type { Clock } from './clock.ts';
import type { EngineIds } from './engine-ids.ts';
import type { JobKind } from './job-kind.ts';
import type { JobStore, NewJob } from './job-store.ts';
import type { EngineLimits } from './limits.ts';

/** What a row of the tasks panel can carry (`jobView`). */
const titleLimit = 500;
/** A key is made of a few ids and names; longer is a payload in the wrong place. */
const keyLimit = 500;
/** A name from the settings, never an address. */
const providerLimit = 100;

/** A book, its chapters, their pages, and as much again; deeper is a job that enqueues itself. */
const nestingLimit = 8;

/** A request that was found good, with its payload as the JSON text that will be stored. */
export interface Admitted {
  readonly request: EnqueueRequest;
  readonly kind: JobKind;
  readonly payload: string;
}

/** Checks a request without the database. What is checked is the stored text, so it parses the same after a restart. */
export function admit(
  deps: {
    readonly kinds: ReadonlyMap<string, JobKind>;
    readonly limits: Pick<EngineLimits, 'payloadBytes'>;
    readonly clock: Pick<Clock, 'nowMs'>;
  },
  request: EnqueueRequest,
): Admitted {
  const { kinds, limits } = deps;
  const kind = kinds.get(request.kind);
  if (kind === undefined)
    throw new EngineError(
      'unknown_kind',
      `There is no kind of job named "${String(request.kind).slice(0, 100)}". Declare it where the kinds are listed.`,
    );
  const { title, idempotencyKey, priority = kind.priority, dueAtMs = 0 } = request;
  if (title.length > titleLimit)
    throw new EngineError('bad_request', `The title has ${title.length} characters; a job's title has at most ${titleLimit}.`);
  if (idempotencyKey.length === 0 || idempotencyKey.length > keyLimit)
    throw new EngineError(
      'bad_request',
      `The idempotency key has ${idempotencyKey.length} characters; it needs 1 to ${keyLimit}. Make it of ids and names.`,
    );
  if (!Number.isInteger(priority) || priority < lowestPriority || priority > highestPriority)
    throw new EngineError(
      'bad_priority',
      `The priority is ${priority}; it is a whole number from ${lowestPriority}, for what can wait, to ${highestPriority}, for what a person waits for.`,
    );
  if (!Number.isSafeInteger(dueAtMs) || dueAtMs < 0)
    throw new EngineError('bad_due_time', `The due time is ${dueAtMs}; it is milliseconds since 1970, whole.`);
  if (request.provider !== undefined && (request.provider.length === 0 || request.provider.length > providerLimit))
    throw new EngineError('bad_request', `The provider's name has ${request.provider.length} characters; it needs 1 to ${providerLimit}.`);
  const delayMs = dueAtMs - deps.clock.nowMs();
  if (delayMs > longestDelayMs)
    throw new EngineError(
      'bad_due_time',
      `The job would be due in ${Math.round(delayMs / dayMs)} days; at most ${longestDelayMs / dayMs} are kept. Due times are milliseconds since 1970.`,
    );
  return { request, kind, payload: encodePayload(kind, limits.payloadBytes, request.payload) };
}

/** The JSON text of a payload that fits its kind and the bound. */
export function encodePayload(kind: JobKind, limitBytes: number, payload: unknown): string {
  let text: string | undefined;
  try {
    text = JSON.stringify(payload);
  } catch (error) {
    throw new EngineError('bad_payload', `The payload of ${kind.name} cannot be written as JSON: ${sentenceOf(error)}`);
  }
  if (text === undefined) throw new EngineError('bad_payload', `The payload of ${kind.name} is ${typeof payload}, which JSON cannot hold.`);
  const bytes = Buffer.byteLength(text);
  if (bytes > limitBytes)
    throw new EngineError(
      'payload_too_large',
      `The payload of ${kind.name} has ${bytes} bytes; at most ${limitBytes} are kept with a job. Store the content and pass its id.`,
    );
  const parsed = kind.payload.safeParse(JSON.parse(text));
  if (!parsed.success) throw new EngineError('bad_payload', `The payload does not fit ${kind.name}: ${issueOf(parsed.error)}`);
  return text;
}

export interface InsertDeps {
  readonly store: JobStore;
  readonly clock: Clock;
  readonly ids: EngineIds;
  readonly limits: Pick<EngineLimits, 'queueLength'>;
}

/** In transaction: the active job with this key, or a new one. */
export function insertOrFind(deps: InsertDeps, admitted: Admitted): Enqueued {
  const [enqueued] = insertOrFindAll(deps, [admitted]);
  if (enqueued === undefined) throw new Error('One request was enqueued without an answer.');
  return enqueued;
}

/** The same for several; throws when one of them cannot be taken. */
export function insertOrFindAll(deps: InsertDeps, requests: readonly Admitted[]): readonly Enqueued[] {
  const { store, limits } = deps;
  const room = limits.queueLength - store.queueLength();
  // While there is room for all, the insertion itself finds those that are there already; else only the others need room.
  if (room < requests.length) {
    const others = new Set(
      requests.flatMap(({ request: { idempotencyKey } }) => (store.findActiveByKey(idempotencyKey) === null ? idempotencyKey : [])),
    );
    if (others.size > 0) assertRoom(store, limits.queueLength - others.size + 1);
  }
  const jobs = requests.map(admitted => newJob(deps, admitted));
  const inserted = store.insert(jobs);
  return jobs.map(({ id, idempotencyKey }): Enqueued => {
    if (inserted.has(id)) return { jobId: id, created: true };
    const active = store.findActiveByKey(idempotencyKey);
    if (active === null) throw new Error(`Job ${id} was left out of an insertion and no active job has its key.`);
    return { jobId: active, created: false };
  });
}

function newJob({ store, clock, ids }: InsertDeps, { request, kind, payload }: Admitted): NewJob {
  const { parentId = null } = request;
  // Whoever asks again for a child that is there is told of it, whatever has become of the parent.
  if (parentId !== null && store.findActiveByKey(request.idempotencyKey) === null) assertParent(store, parentId);
  const nowMs = clock.nowMs();
  const dueAtMs = request.dueAtMs ?? nowMs;
  return {
    id: ids.jobId(),
    kind: kind.name,
    payload,
    idempotencyKey: request.idempotencyKey,
    sessionId: request.sessionId,
    title: request.title,
    priority: request.priority ?? kind.priority,
    dueAtMs,
    state: dueAtMs > nowMs ? 'scheduled' : 'queued',
    maxAttempts: maxAttempts(kind.retry),
    traceId: ids.traceId(),
    parentId,
    provider: request.provider ?? null,
    nowMs,
  };
}

function assertParent(store: Pick<JobStore, 'find'>, parentId: JobId): void {
  const parent = store.find(parentId);
  if (parent === null) throw new EngineError('bad_request', `There is no job ${parentId} to be the parent. Enqueue the parent first.`);
  if (isFinal(parent.state)) throw new EngineError('bad_request', `Job ${parentId} is ${parent.state} and takes no more children.`);
  let depth = 1;
  for (let above = parent.parentId; above !== null; above = store.find(above)?.parentId ?? null) depth += 1;
  if (depth > nestingLimit)
    throw new EngineError(
      'bad_request',
      `Job ${parentId} lies ${depth} deep; children go at most ${nestingLimit} deep. Enqueue the work beside it.`,
    );
}

export function assertRoom(store: Pick<JobStore, 'queueLength'>, queueLength: number): void {
  const length = store.queueLength();
  if (length >= queueLength)
    throw new EngineError('queue_full', `${length} jobs wait already; at most ${queueLength} may. Try again when some have ended.`);
}
