/**
 * Which job is begun first: the one with the higher priority, where each counts for more the longer it has been due. Every kind has its
 * own: 0 for what can wait, the highest for what a person waits for in front of the screen.
 */
export const lowestPriority = 0;
/** The claim takes one step of its index for each priority that is in the queue, so there are not many of them. */
export const highestPriority = 100;

/** A job counts for one point more with each of these since it was due. Work of the lowest priority goes before new work of the highest once it has waited 50 minutes: a long meeting. */
export const msPerPriorityPoint = 30_000;

export const dayMs = 24 * 60 * 60 * 1000;
/** A year and a day; what is due later than that is a plan and no job, and most likely a wrong unit. */
export const longestDelayMs = 366 * dayMs;

/** The priority of a job now that has been due since then. */
export function agedPriority(job: { readonly priority: number; readonly dueAtMs: number }, nowMs: number, msPerPoint: number): number {
  return job.priority + Math.floor(Math.max(0, nowMs - job.dueAtMs) / msPerPoint);
}
