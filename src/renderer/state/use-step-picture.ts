import { useEffect } from 'react';
import { useStore } from 'zustand';
import type { BrowserTraceEntry } from '../../shared/domain/browser.ts';
import type { JobId } from '../../shared/domain/ids.ts';
import { useServices } from './context.tsx';
import { useScreenshot } from './use-screenshot.ts';

/** The picture of one step of a browser task, as an address for an image; null while there is none. */
export function useStepPicture(
  jobId: JobId,
  find: (trace: readonly BrowserTraceEntry[]) => BrowserTraceEntry | undefined,
): string | null {
  const { browser } = useServices();
  useEffect(() => browser.watch(jobId), [browser, jobId]);
  const sha256 = useStore(browser, state => find(state.views.get(jobId)?.trace ?? [])?.screenshot ?? null);
  return useScreenshot(jobId, sha256) ?? null;
}
