import type { BrowserTraceEntry } from '../../../shared/domain/browser.ts';
import type { JobId } from '../../../shared/domain/ids.ts';
import { useSpeech } from '../../state/context.tsx';
import { useScreenshot } from '../../state/use-screenshot.ts';
import { useTraceStep } from '../../state/use-trace-step.ts';
import { PagePicture } from '../../ui/page-picture.tsx';

/** Whether a tool acts on a page of a browser task. */
export const actsInBrowser = (tool: string): boolean => tool.startsWith('browser_');

/** What is asked about is the step that has begun and has no outcome. */
const askedStep = (trace: readonly BrowserTraceEntry[]): BrowserTraceEntry | undefined => trace.findLast(({ outcome }) => outcome === null);

/** The page with the element that would be acted on. */
export function AskedPicture({ jobId }: { readonly jobId: JobId }) {
  const { t } = useSpeech();
  const picture = useScreenshot(jobId, useTraceStep(jobId, askedStep)?.screenshot ?? null);
  return picture == null ? null : <PagePicture src={picture} alt={t.browser.picture} largerLabel={t.browser.larger} />;
}
