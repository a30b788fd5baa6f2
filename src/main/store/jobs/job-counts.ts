import type { Database } from '../connection.ts';

/** States whose jobs are all in one group of the panel, with that group. */
const groupOf = { scheduled: 'queued', queued: 'queued', running: 'running', done: 'done' } as const;
type CountedState = keyof typeof groupOf;

export interface JobCounts {
  /** So many rows were inserted in this state. */
  entered(state: 'scheduled' | 'queued', n: number): void;
  /** So many queued rows are running now. */
  started(n: number): void;
  /** So many running rows are done now. */
  done(n: number): void;
}

/**
 * Keeps `job_count` for what the triggers do not count (migration 115). Whoever makes one of these moves says so behind the
 * statement that made it, with the rows it changed: then both stand or are undone together, whatever transaction they are in.
 */
export function createJobCounts(db: Database): JobCounts {
  const add = db.prepare<[n: number, state: CountedState, group: string]>(
    'UPDATE job_count SET n = n + ? WHERE state = ? AND panel_group = ?',
  );
  const count = (state: CountedState, n: number): void => {
    if (n !== 0) add.run(n, state, groupOf[state]);
  };
  return {
    entered: count,
    started(n) {
      count('queued', -n);
      count('running', n);
    },
    done(n) {
      count('running', -n);
      count('done', n);
    },
  };
}
