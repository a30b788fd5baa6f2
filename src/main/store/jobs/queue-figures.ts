import type { JobState } from '../../../shared/domain/job-state.ts';
import type { Database } from '../connection.ts';

export interface QueueFigure {
  /** May be one that this build does not know. */
  readonly kind: string;
  readonly state: Extract<JobState, 'scheduled' | 'queued' | 'running' | 'waiting'>;
  readonly count: number;
  /** Of queued jobs: since when the first of them has been ready. */
  readonly readySinceMs: number | null;
}

export const queueFiguresSql = `
  SELECT kind, state, count(*) AS count, iif(state = 'queued', min(max(due_at_ms, coalesce(last_news_at_ms, 0))), NULL) AS readySinceMs
  FROM job WHERE finished_at_ms IS NULL GROUP BY kind, state ORDER BY kind, state`;

/** How many jobs there are of each kind in each state that is not final. Walks the live jobs and never the history. */
export function createQueueFigures(db: Database): () => readonly QueueFigure[] {
  const all = db.prepare<[], QueueFigure>(queueFiguresSql);
  return () => all.all();
}
