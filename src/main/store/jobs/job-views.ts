import type { JobGroup, JobInspection, JobView } from '../../../shared/domain/job.ts';
import { narrowPlaces } from '../../../shared/domain/job-state.ts';
import { jobInspection, jobKinds, jobView, reachedLimit, type ReachedLimit } from '../../../shared/domain/job.ts';
import type { JobId, SessionId } from '../../../shared/domain/ids.ts';
import type { UndecidedStep } from '../../../shared/domain/job-step.ts';
import type { Database } from '../connection.ts';
import { decodeTimeCursor, encodeTimeCursor } from '../page-cursor.ts';
import { foldTitle } from './fold-title.ts';

/** What the engine writes down of a reached limit; its figures have moved on since. */
const waitedLimit = reachedLimit.strip();

/** Rows of a job's steps and of its trail that the inspector shows: the newest ones; nobody scrolls further. */
const inspectionRows = 1_000;

export interface JobPageRequest {
  readonly group: JobGroup | null;
  readonly search: string;
  /** The `next` of the page above; null for the newest. */
  readonly before: string | null;
  readonly limit: number;
}

export interface JobPage {
  readonly jobs: readonly JobView[];
  /** Null when the list ends here. */
  readonly next: string | null;
}

export type JobCounts = Readonly<Record<JobGroup, number>>;

interface ViewRow {
  id: JobId;
  kind: string;
  state: string;
  outcome: string | null;
  title: string;
  sessionId: string | null;
  attempt: number;
  maxAttempts: number;
  progress: string | null;
  waitReason: string | null;
  dueAtMs: number;
  priority: number;
  cancelRequested: number;
  errorCode: string | null;
  errorMessage: string | null;
  issues: string;
  stepsDone: number;
  createdAtMs: number;
  startedAtMs: number | null;
  finishedAtMs: number | null;
  lastNewsAtMs: number | null;
  panelAtMs: number;
  undoing: string | null;
  undecided: number;
  waitUntilMs: number | null;
  waitEnd: string | null;
  /** The limit that a budget's wait speaks of, as JSON. */
  reached: string | null;
  heldFor: string | null;
}

const viewColumns = `
  id, kind, state, outcome, title, session_id AS sessionId, attempt, max_attempts AS maxAttempts, progress, wait_reason AS waitReason, due_at_ms AS dueAtMs, priority,
  (cancel_requested_at_ms IS NOT NULL) AS cancelRequested, error_code AS errorCode, error_message AS errorMessage, issues, steps_done AS stepsDone,
  created_at_ms AS createdAtMs, started_at_ms AS startedAtMs, finished_at_ms AS finishedAtMs, last_news_at_ms AS lastNewsAtMs, panel_at_ms AS panelAtMs, undo_for AS undoing,
  wait_expires_at_ms AS waitUntilMs, wait_default AS waitEnd, iif(wait_reason = 'budget', wait_detail, NULL) AS reached, held_for AS heldFor,
  (SELECT count(*) FROM job_step AS asked WHERE asked.job_id = job.id AND asked.effect_outcome = 'indeterminate' AND asked.decision IS NULL) AS undecided`;

const effectColumns = `effect_class AS effect, CASE WHEN dispatched_at_ms IS NULL THEN NULL ELSE coalesce(effect_outcome, 'in_flight') END AS outcome`;

export const jobViewSql = {
  /** `done` and `failed`. */
  ended: `
    SELECT ${viewColumns} FROM job
    WHERE finished_at_ms IS NOT NULL AND panel_group = @group AND (finished_at_ms, id) < (@atMs, @id) AND (@needle = '' OR instr(search_text, @needle) > 0)
    ORDER BY finished_at_ms DESC, id DESC LIMIT @limit`,
  /** Nearly every live job is in this group, so one walk of the live ones finds a page at once. */
  queued: `
    SELECT ${viewColumns} FROM job
    WHERE finished_at_ms IS NULL AND (created_at_ms, id) < (@atMs, @id) AND panel_group = 'queued' AND (@needle = '' OR instr(search_text, @needle) > 0)
    ORDER BY created_at_ms DESC, id DESC LIMIT @limit`,
  /** As many as there are places in workers, so they are sorted. */
  running: `
    SELECT ${viewColumns} FROM job
    WHERE state = 'running' AND (created_at_ms, id) < (@atMs, @id) AND (@needle = '' OR instr(search_text, @needle) > 0)
    ORDER BY +created_at_ms DESC, id DESC LIMIT @limit`,
  /** As many as a person has let pile up, so they are sorted. */
  needsYou: `
    SELECT ${viewColumns} FROM job
    WHERE state = 'waiting' AND panel_group = 'needsYou' AND (created_at_ms, id) < (@atMs, @id) AND (@needle = '' OR instr(search_text, @needle) > 0)
    ORDER BY +created_at_ms DESC, id DESC LIMIT @limit`,
  all: `SELECT ${viewColumns} FROM job WHERE id < @id AND (@needle = '' OR instr(search_text, @needle) > 0) ORDER BY id DESC LIMIT @limit`,
  session: `SELECT ${viewColumns} FROM job WHERE session_id = @sessionId AND id < @id ORDER BY id DESC LIMIT @limit`,
  /** As many as a person has let pile up. */
  undecided: `
    SELECT job_id AS id FROM job_step WHERE effect_outcome = 'indeterminate' AND decision IS NULL
    UNION SELECT id FROM job WHERE undo_for IS NOT NULL AND state = 'failed' ORDER BY 1 DESC LIMIT @limit`,
  counts: 'SELECT panel_group AS "group", sum(n) AS n FROM job_count GROUP BY panel_group',
} as const;

/** Above every UUID and every time, so that the first page needs no statement of its own. */
const start = { atMs: Number.MAX_SAFE_INTEGER, id: '~' };

/**
 * What windows read of jobs. Pages go by key and newest first: a group by the time its jobs ended or were made, the rest
 * by creation. A job of a kind this build does not know is left out of lists and found by none of these functions.
 */
export function createJobViews(db: Database) {
  const one = db.prepare<{ id: JobId }, ViewRow>(`SELECT ${viewColumns} FROM job WHERE id = @id`);
  const many = db.prepare<{ ids: string }, ViewRow>(
    `SELECT ${viewColumns} FROM job WHERE id IN (SELECT value FROM json_each(@ids)) ORDER BY id DESC`,
  );
  const prepareGroup = (sql: string) =>
    db.prepare<{ group: JobGroup; atMs: number; id: string; needle: string; limit: number }, ViewRow>(sql);
  const ended = prepareGroup(jobViewSql.ended);
  const groups = {
    needsYou: prepareGroup(jobViewSql.needsYou),
    running: prepareGroup(jobViewSql.running),
    queued: prepareGroup(jobViewSql.queued),
    done: ended,
    failed: ended,
  };
  const all = db.prepare<{ id: string; needle: string; limit: number }, ViewRow>(jobViewSql.all);
  const session = db.prepare<{ sessionId: SessionId; id: string; limit: number }, ViewRow>(jobViewSql.session);
  const counted = db.prepare<[], { group: string; n: number }>(jobViewSql.counts);
  const steps = db.prepare<{ id: JobId; limit: number }, unknown>(`
    SELECT seq, name, attempt, started_at_ms AS startedAtMs, finished_at_ms AS finishedAtMs, ${effectColumns}, compensates, decision,
      CASE WHEN undo_name IS NULL THEN NULL ELSE coalesce(
        (SELECT iif(undo.decision = 'drop', 'left', 'done') FROM job_step AS undo WHERE undo.job_id = @id AND undo.compensates = job_step.name), 'registered')
      END AS undo
    FROM job_step WHERE job_id = @id ORDER BY seq DESC LIMIT @limit`);
  const superseded = db.prepare<{ id: JobId; limit: number }, unknown>(`
    SELECT run, superseded_at_ms AS supersededAtMs, seq, name, attempt, started_at_ms AS startedAtMs, finished_at_ms AS finishedAtMs, ${effectColumns},
      compensates, decision
    FROM job_step_superseded WHERE job_id = @id ORDER BY run DESC, seq DESC LIMIT @limit`);
  const forkedFrom = db.prepare<{ id: JobId }, { id: JobId | null }>('SELECT forked_from AS id FROM job WHERE id = @id');
  const forks = db.prepare<{ id: JobId; limit: number }, { id: JobId }>(
    'SELECT id FROM job WHERE forked_from = @id ORDER BY id DESC LIMIT @limit',
  );
  const parent = db.prepare<{ id: JobId }, { id: JobId | null }>('SELECT parent_id AS id FROM job WHERE id = @id');
  const children = db.prepare<{ id: JobId; limit: number }, { id: JobId }>(
    'SELECT id FROM job WHERE parent_id = @id ORDER BY id DESC LIMIT @limit',
  );
  const given = db.prepare<{ id: JobId }, { payload: string | null }>(`
    SELECT coalesce(job.payload, apart.payload) AS payload FROM job LEFT JOIN job_payload AS apart ON apart.job_id = job.id WHERE job.id = @id`);
  const recorded = db.prepare<{ id: JobId; from: string; limit: number }, { output: string; undone: 0 | 1 }>(`
    SELECT output, EXISTS (SELECT 1 FROM job_step AS undo WHERE undo.job_id = @id AND undo.compensates = job_step.name AND undo.decision IS NOT 'drop'
      AND undo.output IS NOT NULL) AS undone
    FROM job_step WHERE job_id = @id AND output IS NOT NULL AND compensates IS NULL AND substr(name, 1, length(@from)) = @from ORDER BY seq LIMIT @limit`);
  const undecided = db.prepare<{ limit: number }, { id: JobId }>(jobViewSql.undecided);
  const events = db.prepare<{ id: JobId; limit: number }, unknown>(`
    SELECT seq, type, at_ms AS atMs, detail FROM job_event WHERE job_id = @id ORDER BY seq DESC LIMIT @limit`);

  const lastWait = db.prepare<{ id: JobId }, { seq: number | null }>(
    "SELECT max(seq) AS seq FROM job_event WHERE job_id = @id AND type = 'waiting'",
  );

  function view(id: JobId): JobView | null {
    const row = one.get({ id });
    return row === undefined ? null : toView(row);
  }

  return {
    view,
    /** Newest first; ids that are not there are left out. */
    views: (ids: readonly JobId[]): readonly JobView[] => many.all({ ids: JSON.stringify(ids) }).flatMap(row => toView(row) ?? []),
    /** Jobs with a step that a person may have to decide about, newest first; whoever decides knows which. */
    undecided: (limit: number): readonly JobId[] => undecided.all({ limit }).map(row => row.id),
    /** `waiting` are the steps that wait for a person's word. */
    inspect(id: JobId, waiting: readonly UndecidedStep[] = []): JobInspection | null {
      const job = view(id);
      if (job === null) return null;
      const idsOf = (rows: readonly { readonly id: JobId }[]) => rows.map(row => row.id).reverse();
      return jobInspection.parse({
        job,
        steps: steps.all({ id, limit: inspectionRows }).reverse(),
        events: events.all({ id, limit: inspectionRows }).reverse(),
        superseded: superseded.all({ id, limit: inspectionRows }).reverse(),
        undecided: waiting,
        forkedFrom: forkedFrom.get({ id })?.id ?? null,
        forks: idsOf(forks.all({ id, limit: inspectionRows })),
        parent: parent.get({ id })?.id ?? null,
        children: idsOf(children.all({ id, limit: inspectionRows })),
      });
    },
    /** The place of its last wait in its trail; 0 when it has not waited. */
    lastWait: (id: JobId): number => lastWait.get({ id })?.seq ?? 0,
    /** What a job was begun with, as its kind wrote it; null when the job is gone. */
    payload(id: JobId): unknown {
      const payload = given.get({ id })?.payload ?? null;
      return payload === null ? null : parseJson(payload);
    },
    /** What finished steps recorded, in their order, of those whose name begins so. */
    outputs: (id: JobId, from: string, limit: number): readonly { readonly output: unknown; readonly undone: boolean }[] =>
      recorded.all({ id, from, limit }).map(row => ({ output: parseJson(row.output), undone: row.undone === 1 })),
    /** Throws `PageCursorError` when `before` is no cursor. */
    page(request: JobPageRequest): JobPage {
      const from = decodeTimeCursor(request.before) ?? start;
      const needle = foldTitle(request.search.trim());
      const limit = request.limit;
      const rows =
        request.group === null
          ? all.all({ id: from.id, needle, limit })
          : groups[request.group].all({ group: request.group, ...from, needle, limit });
      return toPage(rows, limit);
    },
    ofSession(sessionId: SessionId, before: string | null, limit: number): JobPage {
      const from = decodeTimeCursor(before) ?? start;
      return toPage(session.all({ sessionId, id: from.id, limit }), limit);
    },
    counts(): JobCounts {
      const found = new Map(counted.all().map(row => [row.group, row.n]));
      const of = (name: JobGroup): number => found.get(name) ?? 0;
      return { needsYou: of('needsYou'), running: of('running'), queued: of('queued'), done: of('done'), failed: of('failed') };
    },
  };
}
export type JobViews = ReturnType<typeof createJobViews>;

function toPage(rows: readonly ViewRow[], limit: number): JobPage {
  const last = rows.at(-1);
  return {
    jobs: rows.flatMap(row => toView(row) ?? []),
    next: last === undefined || rows.length < limit ? null : encodeTimeCursor({ atMs: last.panelAtMs, id: last.id }),
  };
}

function toView(row: ViewRow): JobView | null {
  if (!(jobKinds as readonly string[]).includes(row.kind)) return null;
  const { errorCode, errorMessage, panelAtMs: _, waitUntilMs, waitEnd, reached, heldFor, ...rest } = row;
  return jobView.parse({
    ...rest,
    progress: row.progress === null ? null : parseJson(row.progress),
    dueAtMs: row.state === 'scheduled' ? row.dueAtMs : null,
    ...(row.state === 'queued' ? { readySinceMs: row.dueAtMs } : {}),
    cancelRequested: row.cancelRequested === 1,
    error: errorCode === null ? null : { code: errorCode, message: errorMessage ?? '' },
    issues: parseJson(row.issues),
    ...(row.state === 'waiting'
      ? { wait: { untilMs: waitUntilMs, ends: waitEnd ?? 'resume', limit: reached === null ? null : limitOf(reached) } }
      : {}),
    ...(row.state === 'queued' && heldFor !== null ? placeOf(heldFor) : {}),
  });
}

/** Null for a detail that an older version wrote and that says less. */
function limitOf(detail: string): ReachedLimit | null {
  return waitedLimit.safeParse(parseJson(detail)).data ?? null;
}

/** Gates are named after what they are for, then for which. */
function placeOf(gate: string): { readonly heldBy: string } | Record<string, never> {
  const place = gate.slice(0, gate.indexOf(':'));
  return (narrowPlaces as readonly string[]).includes(place) ? { heldBy: place } : {};
}

/** JSON.parse, with what it does not know about its result said. */
function parseJson(text: string): unknown {
  return JSON.parse(text);
}
