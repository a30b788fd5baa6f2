import { useEffect } from 'react';
import { useStore } from 'zustand';
import type { BrowserTraceEntry } from '../../shared/domain/browser.ts';
import type { JobId } from '../../shared/domain/ids.ts';
import { useServices } from './context.tsx';

/** One step of a browser task, kept up to date; undefined while there is none. Without a task nothing is asked for. */
export function useTraceStep(
  jobId: JobId | null,
  find: (trace: readonly BrowserTraceEntry[]) => BrowserTraceEntry | undefined,
): BrowserTraceEntry | undefined {
  const { browser } = useServices();
  useEffect(() => (jobId === null ? undefined : browser.watch(jobId)), [browser, jobId]);
  return useStore(browser, state => (jobId === null ? undefined : find(state.views.get(jobId)?.trace ?? [])));
}
