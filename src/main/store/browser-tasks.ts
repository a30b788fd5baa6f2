import { z } from 'zod';
import { browserStepDone, type BrowserStepDone } from '../../shared/contract/worker/browser-steps.ts';
import { browserTraceEntry, extractedTable, siteEntry, type BrowserTraceEntry, type ExtractedTable } from '../../shared/domain/browser.ts';
import { effectOutcomes, stepDecision, type EffectOutcome, type StepDecision } from '../../shared/domain/job-step.ts';
import { sha256Hex, type JobId, type Sha256 } from '../../shared/domain/ids.ts';
import { inWriteTransaction, type Database } from './connection.ts';

const storedSites = z.array(siteEntry);
const storedTable = extractedTable.pick({ columns: true, rows: true });
const storedFile = z.strictObject({ name: z.string(), path: z.string(), byteCount: z.int().nonnegative() });
/** The rest of an entry has columns of its own. */
const storedEntry = browserTraceEntry.omit({ screenshot: true, atMs: true });

export type DownloadedFile = z.output<typeof storedFile>;

export interface BrowserStep {
  readonly entry: Omit<BrowserTraceEntry, 'screenshot' | 'atMs'>;
  readonly durable: BrowserStepDone['durable'];
  /** Null keeps the one of before. */
  readonly screenshot: Sha256 | null;
  readonly table: Pick<ExtractedTable, 'columns' | 'rows'> | null;
  readonly file: DownloadedFile | null;
  readonly atMs: number;
}

/** A step that was looked at or sent, and whose outcome its worker has not written down. */
export interface OpenBrowserStep {
  readonly step: string;
  /** Null for one that was never sent. */
  readonly sent: { readonly outcome: EffectOutcome | null; readonly decision: StepDecision | null } | null;
  /** Null where nobody was asked. */
  readonly asked: 'waiting' | 'allow' | 'deny' | null;
}
const storedOpen = z.strictObject({
  step: z.string(),
  dispatchedAtMs: z.number().nullable(),
  outcome: z.enum(effectOutcomes).nullable(),
  decision: stepDecision.nullable(),
  asked: z.enum(['waiting', 'allow', 'deny']).nullable(),
});

/** What browser tasks may do and have done. It lives as long as the job's row does. */
export interface BrowserTasks {
  /** Where the task may go; none before the person has agreed to a plan. */
  sites(job: JobId): readonly string[];
  /** Those that are there stay. */
  addSites(job: JobId, sites: readonly string[]): void;
  /** How long it has worked, without what a person held; and how many steps there are. */
  spent(job: JobId): { readonly ms: number; readonly steps: number };
  addWorked(job: JobId, ms: number): void;
  /** The later of one step takes the place of the earlier, at its place. */
  put(job: JobId, step: BrowserStep): void;
  /** Of steps that have no outcome in the trace, what the journal and the approvals know. */
  open(job: JobId): OpenBrowserStep[];
  /** The newest `limit`, oldest first. */
  steps(job: JobId, limit: number): BrowserStepDone[];
  /** Whether a picture is one of this task's. */
  hasPicture(job: JobId, sha256: Sha256): boolean;
  tables(job: JobId, limit: number): ExtractedTable[];
  files(job: JobId, limit: number): DownloadedFile[];
}

interface Row {
  readonly entry: string;
  readonly durable: string | null;
  readonly screenshot: string | null;
  readonly atMs: number;
}

export function createBrowserTasks(db: Database): BrowserTasks {
  const sql = {
    task: db.prepare<[string], { sites: string; workedMs: number }>(
      'SELECT sites, worked_ms AS workedMs FROM browser_task WHERE job_id = ?',
    ),
    putSites: db.prepare<[string, string]>(`
      INSERT INTO browser_task (job_id, sites) VALUES (?, ?) ON CONFLICT (job_id) DO UPDATE SET sites = excluded.sites`),
    addWorked: db.prepare<{ job: string; ms: number }>(`
      INSERT INTO browser_task (job_id, sites, worked_ms) VALUES (@job, '[]', @ms)
      ON CONFLICT (job_id) DO UPDATE SET worked_ms = worked_ms + excluded.worked_ms`),
    count: db.prepare<[string], { n: number }>('SELECT count(*) AS n FROM browser_trace WHERE job_id = ?'),
    put: db.prepare<Row & { job: string; step: string; file: string | null; found: string | null }>(`
      INSERT INTO browser_trace (job_id, step, at_ms, screenshot, entry, durable, file, found)
      VALUES (@job, @step, @atMs, @screenshot, @entry, @durable, @file, @found)
      ON CONFLICT (job_id, step) DO UPDATE SET at_ms = excluded.at_ms, screenshot = coalesce(excluded.screenshot, screenshot),
        entry = excluded.entry, durable = coalesce(excluded.durable, durable), file = excluded.file, found = excluded.found`),
    steps: db.prepare<[string, number], Row>(
      'SELECT entry, durable, screenshot, at_ms AS atMs FROM browser_trace WHERE job_id = ? ORDER BY seq DESC LIMIT ?',
    ),
    // A question is named after the place of its call (approve:PLACE), as the step is (act:PLACE, tool:PLACE).
    open: db.prepare<[string], Record<string, string | number | null>>(`
      SELECT t.step, s.dispatched_at_ms AS dispatchedAtMs, s.effect_outcome AS outcome, s.decision,
        (SELECT coalesce(a.decision, iif(a.closed_at_ms IS NULL, 'waiting', NULL)) FROM approval a
          WHERE a.job_id = t.job_id AND a.key = 'approve:' || substr(t.step, instr(t.step, ':') + 1) ORDER BY a.id DESC LIMIT 1) AS asked
      FROM browser_trace t LEFT JOIN job_step s ON s.job_id = t.job_id AND s.name = t.step
      WHERE t.job_id = ? AND t.entry ->> 'outcome' IS NULL ORDER BY t.seq`),
    picture: db.prepare<[string, string], { n: number }>('SELECT 1 AS n FROM browser_trace WHERE job_id = ? AND screenshot = ? LIMIT 1'),
    tables: db.prepare<[string, number], { entry: string; found: string }>(
      'SELECT entry, found FROM browser_trace WHERE job_id = ? AND found IS NOT NULL ORDER BY seq LIMIT ?',
    ),
    files: db.prepare<[string, number], { file: string }>(
      'SELECT file FROM browser_trace WHERE job_id = ? AND file IS NOT NULL ORDER BY seq LIMIT ?',
    ),
  };
  const sitesOf = (job: JobId) => {
    const row = sql.task.get(job);
    return row === undefined ? [] : storedSites.parse(JSON.parse(row.sites));
  };

  return {
    sites: sitesOf,
    addSites(job, sites) {
      inWriteTransaction(db, () => {
        sql.putSites.run(job, JSON.stringify([...new Set([...sitesOf(job), ...sites])]));
      });
    },
    spent: job => ({ ms: sql.task.get(job)?.workedMs ?? 0, steps: sql.count.get(job)?.n ?? 0 }),
    addWorked(job, ms) {
      inWriteTransaction(db, () => {
        sql.addWorked.run({ job, ms });
      });
    },
    put(job, { entry, durable, screenshot, table, file, atMs }) {
      inWriteTransaction(db, () => {
        sql.put.run({
          job,
          step: entry.step,
          atMs,
          screenshot,
          entry: JSON.stringify(entry),
          durable: durable === null ? null : JSON.stringify(durable),
          file: file === null ? null : JSON.stringify(file),
          found: table === null ? null : JSON.stringify(table),
        });
      });
    },
    open: job =>
      sql.open.all(job).map(row => {
        const { step, dispatchedAtMs, outcome, decision, asked } = storedOpen.parse(row);
        return { step, sent: dispatchedAtMs === null ? null : { outcome, decision }, asked };
      }),
    steps: (job, limit) =>
      sql.steps
        .all(job, limit)
        .reverse()
        .map(({ entry, durable, screenshot, atMs }) =>
          browserStepDone.parse({
            entry: { ...storedEntry.parse(JSON.parse(entry)), screenshot, atMs },
            durable: durable === null ? null : (JSON.parse(durable) as unknown),
          }),
        ),
    hasPicture: (job, sha256) => sql.picture.get(job, sha256Hex.parse(sha256)) !== undefined,
    tables: (job, limit) =>
      sql.tables.all(job, limit).map(({ entry, found }) => {
        const { step, url, title } = storedEntry.parse(JSON.parse(entry));
        return { step, url, title, ...storedTable.parse(JSON.parse(found)) };
      }),
    files: (job, limit) => sql.files.all(job, limit).map(({ file }) => storedFile.parse(JSON.parse(file))),
  };
}
