import type { Status } from '../../shared/contract/app.ts';
import { workerOfKind, type JobKindName, type JobView, type JobWait } from '../../shared/domain/job.ts';
import type { NarrowPlace, WaitReason } from '../../shared/domain/job-state.ts';
import { describeReached } from './budget-words.ts';
import type { Speech } from './format.ts';
import type { Awaited } from './panel-messages.ts';

/** Why a job that has not ended is not at work. Null stands for nothing but its turn. */
export type Hold =
  | { readonly why: 'storage' | 'pause' | 'browsers' }
  | { readonly why: 'kindPause'; readonly kind: JobKindName }
  | { readonly why: 'worker'; readonly retryAtMs: number | null }
  | { readonly why: 'narrow'; readonly place: NarrowPlace }
  | { readonly why: 'retry' | 'due'; readonly atMs: number }
  | { readonly why: WaitReason | 'documents' | 'login' | 'budgetToday'; readonly wait: JobWait | null };

/** Kinds that begin no other jobs, and what of others they wait for: that they have read the documents of the chat, or leave a login. */
const childless: Readonly<Partial<Record<JobKindName, 'documents' | 'login'>>> = {
  'synopsis.make': 'documents',
  'chat.answer': 'documents',
  'browser.run': 'login',
};

/** Kinds of which the person has said how many may run at once, and what such a job waits for when all of them do. */
const limitedByPerson: Readonly<Partial<Record<JobKindName, 'browsers'>>> = { 'browser.run': 'browsers' };

/** Who ends a wait, by its reason. */
const awaited: Readonly<Record<Extract<Hold, { wait: unknown }>['why'], Awaited>> = {
  approval: 'leave',
  answer: 'answer',
  network: 'world',
  provider: 'world',
  disk: 'world',
  children: 'world',
  documents: 'world',
  login: 'world',
  budget: 'budget',
  budgetToday: 'budget',
};

/** What keeps a queued job from beginning, the widest reason first. */
function heldInQueue(job: JobView, status: Status | null): Hold | null {
  const worker = status?.workers.find(({ name }) => name === workerOfKind[job.kind]);
  if (status && status.storage !== 'ok') return { why: 'storage' };
  if (status?.paused === true) return { why: 'pause' };
  if (status?.pausedKinds?.includes(job.kind) === true) return { why: 'kindPause', kind: job.kind };
  if (worker?.state === 'broken') return { why: 'worker', retryAtMs: worker.retryAtMs };
  if (job.heldBy) return { why: 'narrow', place: job.heldBy };
  const taken = limitedByPerson[job.kind];
  return taken !== undefined && status?.fullKinds?.includes(job.kind) === true ? { why: taken } : null;
}

export function holdOf(job: JobView, status: Status | null): Hold | null {
  switch (job.state) {
    case 'queued':
      return heldInQueue(job, status);
    case 'scheduled':
      return job.dueAtMs === null ? null : { why: job.error ? 'retry' : 'due', atMs: job.dueAtMs };
    case 'waiting': {
      const { waitReason, wait = null } = job;
      if (waitReason === null) return null;
      if (waitReason === 'budget' && wait !== null && wait.untilMs !== null) return { why: 'budgetToday', wait };
      return { why: waitReason === 'children' ? (childless[job.kind] ?? waitReason) : waitReason, wait };
    }
    case 'running':
    case 'done':
    case 'failed':
    case 'cancelled':
      return null;
  }
}

function reasonOf(hold: Extract<Hold, { wait: unknown }>, { t }: Speech): string {
  if (hold.why === 'documents' || hold.why === 'login') return t.waits[hold.why];
  if (hold.why === 'budgetToday') return t.waits.limitOfToday;
  return t.jobs.waitReason[hold.why];
}

/** The reason in one line, with the time at which it ends by itself where there is one. */
export function describeHold(hold: Hold, job: JobView, speech: Speech, nowMs: number): string {
  const { t } = speech;
  switch (hold.why) {
    case 'storage':
      return t.queue.heldByDisk;
    case 'pause':
      return t.queue.heldByPause;
    case 'kindPause':
      return t.queue.heldByKind(t.queue.kinds[hold.kind]);
    case 'browsers':
      return t.waits.browsersTaken;
    case 'worker':
      return t.queue.heldByWorker(hold.retryAtMs === null ? null : speech.when(hold.retryAtMs, nowMs));
    case 'narrow':
      return t.waits.heldBy[hold.place];
    case 'retry':
      return `${t.queue.nextTry(job.attempt + 1, job.maxAttempts, speech.when(hold.atMs, nowMs))}: ${speech.error(job.error?.code ?? 'internal')}`;
    case 'due':
      return t.jobs.nextTry(speech.when(hold.atMs, nowMs));
    default: {
      const reason = reasonOf(hold, speech);
      const { wait } = hold;
      if (wait === null) return reason;
      const limit = wait.limit === null ? null : describeReached(wait.limit, job.id, speech);
      const end = wait.untilMs === null ? '' : `, ${t.waits.ends[awaited[hold.why]][wait.ends](speech.when(wait.untilMs, nowMs))}`;
      return `${reason}${end}${limit === null ? '' : `. ${limit}`}`;
    }
  }
}

/** What a person may want to know beyond the reason. */
export function explainHold(hold: Hold, { t }: Speech): string {
  return hold.why === 'narrow' ? t.waits.meaning.narrow[hold.place] : t.waits.meaning[hold.why];
}
