import { useStore } from 'zustand';
import { shownBrowserJob } from '../../state/browser-job.ts';
import { useServices } from '../../state/context.tsx';
import { StartForm } from './start-form.tsx';
import { TaskView } from './task-view.tsx';
import './browser.css';

/** Browser tasks of the open chat: the one that is at work or was last, else the form for one. */
export function BrowserPane() {
  const { jobs, view } = useServices();
  const { browserShown, sessionId } = useStore(view);
  const jobId = useStore(jobs, state => shownBrowserJob(browserShown, state.byId, sessionId));
  const mends = browserShown?.what === 'recipe' ? browserShown.recipeId : null;
  return <div className="browser-pane">{jobId === null ? <StartForm key={mends} mends={mends} /> : <TaskView jobId={jobId} />}</div>;
}
