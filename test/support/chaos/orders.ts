import { z } from 'zod';

/** What befalls a process of the program. */
export const processDeed = z.enum(['kill main', 'kill worker', 'kill both', 'stop']);
export type ProcessDeed = z.output<typeof processDeed>;

/** At the n-th time that the point of this name is reached, or the n-th point at all for `any`. */
export const processFate = z.strictObject({ point: z.string(), nth: z.int().positive(), deed: processDeed });
export type ProcessFate = z.output<typeof processFate>;

/** What the test tells the program's process, and that its workers. */
export const orders = z.strictObject({
  folder: z.string(),
  ledgerPort: z.int(),
  ledgerFile: z.string(),
  /** A folder that is made when the fate has come, so that it comes once whoever gets there. */
  marker: z.string(),
  fate: processFate.nullable(),
  jobs: z.int().positive(),
});
export type Orders = z.output<typeof orders>;

/** The points inside a worker. */
export const pointsOfTask = ['task.start', 'task.step:before', 'task.step:worked', 'task.step:recorded', 'task.end'] as const;

export const stepsOfAJob = ['section:1', 'section:2', 'section:3'] as const;
