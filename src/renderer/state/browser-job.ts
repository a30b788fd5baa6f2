import type { JobId, SessionId } from '../../shared/domain/ids.ts';
import type { JobView } from '../../shared/domain/job.ts';
import { isFinal } from '../../shared/domain/job-state.ts';

/** What the pane of the browser was opened with; null leaves it to what goes on in the chat. */
export type BrowserShown =
  | { readonly what: 'task'; readonly jobId: JobId }
  | { readonly what: 'form' }
  /** A saved recipe, to be mended. */
  | { readonly what: 'recipe'; readonly recipeId: string }
  | null;

const isTaskOf = (job: JobView, sessionId: SessionId | null): boolean => job.kind === 'browser.run' && job.sessionId === sessionId;

/** Of two tasks the one at work, else the later one. */
function isBefore(a: JobView, b: JobView): boolean {
  if (isFinal(a.state) !== isFinal(b.state)) return !isFinal(a.state);
  return a.id > b.id;
}

/** The task that the pane shows: the chosen one, else the chat's own that is at work or was last; null for the form. */
export function shownBrowserJob(shown: BrowserShown, byId: ReadonlyMap<JobId, JobView>, sessionId: SessionId | null): JobId | null {
  if (shown?.what === 'task') return shown.jobId;
  if (shown !== null) return null;
  let first: JobView | null = null;
  for (const job of byId.values()) if (isTaskOf(job, sessionId) && (first === null || isBefore(job, first))) first = job;
  return first?.id ?? null;
}

/** Whether a browser works for the chat or waits within a task. */
export function isBrowserBusy(byId: ReadonlyMap<JobId, JobView>, sessionId: SessionId | null): boolean {
  return [...byId.values()].some(job => isTaskOf(job, sessionId) && !isFinal(job.state));
}
