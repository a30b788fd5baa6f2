import { CircleHelp, Hand, ListTree, NotebookText, Pause, Play, Plus, Square, Undo2 } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import type { BrowserView } from '../../../shared/domain/browser.ts';
import type { JobId } from '../../../shared/domain/ids.ts';
import type { JobView } from '../../../shared/domain/job.ts';
import { isFinal } from '../../../shared/domain/job-state.ts';
import { visibleLine } from '../../../shared/domain/visible-text.ts';
import { describeJob, isStoppable } from '../../i18n/job-words.ts';
import { useActions, useSayError, useServices, useSpeech } from '../../state/context.tsx';
import { useScreenshot } from '../../state/use-screenshot.ts';
import { useStopJob } from '../../state/use-stop-job.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useNow } from '../../ui/use-now.ts';
import { LiveView } from './live-view.tsx';
import { ResultTables } from './result-tables.tsx';
import { RecipeStop } from './recipe-stop.tsx';
import { SaveRun } from './save-run.tsx';
import { TraceList } from './trace-list.tsx';

/** A person looking at a running task sees its time go by in seconds. */
const tickMs = 1_000;

/** One task: what its browser shows, what it has done, and the ways to steer it. */
export function TaskView({ jobId }: { readonly jobId: JobId }) {
  const { browser, jobs } = useServices();
  const speech = useSpeech();
  const view = useStore(browser, state => state.views.get(jobId));
  const failure = useStore(browser, state => state.failures.get(jobId));
  const job = useStore(jobs, state => state.byId.get(jobId));
  // What became of a line also depends on what the person has answered and decided, which moves the job.
  useEffect(() => browser.watch(jobId), [browser, jobId, job?.state, job?.undecided]);
  useEffect(() => jobs.look([jobId]), [jobs, jobId]);
  if (view === undefined || job === undefined)
    return <EmptyState lead={failure === undefined ? speech.t.common.loading : speech.error(failure)} />;
  return <Task key={jobId} view={view} job={job} />;
}

function Task({ view, job }: { readonly view: BrowserView; readonly job: JobView }) {
  const { app, view: layout } = useServices();
  const isOfOpenChat = useStore(layout, state => state.sessionId === job.sessionId);
  const speech = useSpeech();
  const { t } = speech;
  const status = useStore(app, state => state.status);
  const nowMs = useNow(job.state === 'running' ? tickMs : null);
  const canvasRef = useRef<HTMLCanvasElement>(null);
  const holdRef = useRef<HTMLButtonElement>(null);
  const hasEnded = isFinal(job.state);
  const isAtWork = job.state === 'running' && view.holder !== 'nobody';
  // Of a recipe that has stopped, its card below says why.
  const isToldBelow = hasEnded && job.error?.code === 'recipe_failed';
  const steered = view.isPaused ? 'paused' : view.holder === 'person' ? 'person' : null;

  function stateOf(): string {
    if (isAtWork && steered !== null) return t.browser.holder[steered];
    return isToldBelow ? t.jobs.state.failed : describeJob(job, speech, nowMs, status);
  }

  return (
    <article className="browser-task" aria-label={job.title}>
      <header className="browser-head">
        <h2>{job.title}</h2>
        <p className="browser-state" role="status">
          {stateOf()}
        </p>
        <Steering view={view} job={job} canvasRef={canvasRef} holdRef={holdRef} />
      </header>
      {isToldBelow && <RecipeStop view={view} job={job} />}
      {!hasEnded && (
        <>
          <PageBar view={view} />
          <LiveView view={view} canvasRef={canvasRef} onLeave={() => holdRef.current?.focus()} />
        </>
      )}
      <ResultTables jobId={job.id} mark={`${view.trace.length}:${job.state}`} />
      {hasEnded && <LastPicture view={view} />}
      {job.state === 'done' && view.trace.length > 0 && <SaveRun job={job} />}
      {job.state === 'done' && isOfOpenChat && hasRead(view) && <ToSynopsis />}
      <TraceList view={view} isAtWork={isAtWork} />
    </article>
  );
}

/** What a task has read is a source of its chat, so its claims cite the page as it was then. */
const hasRead = ({ trace }: BrowserView): boolean =>
  trace.some(({ action, outcome }) => outcome === 'done' && (action.do === 'read' || action.do === 'extract'));

function ToSynopsis() {
  const actions = useActions();
  const { t } = useSpeech();
  return (
    <p className="browser-ways">
      <Button size="s" icon={<NotebookText aria-hidden />} onClick={() => void actions.requestSynopsis()}>
        {t.recipes.makeSynopsis}
      </Button>
    </p>
  );
}

interface SteeringProps {
  readonly view: BrowserView;
  readonly job: JobView;
  readonly canvasRef: React.RefObject<HTMLCanvasElement | null>;
  readonly holdRef: React.RefObject<HTMLButtonElement | null>;
}

function Steering({ view, job, canvasRef, holdRef }: SteeringProps) {
  const { browser, view: layout } = useServices();
  const sayError = useSayError();
  const { t } = useSpeech();
  const stop = useStopJob();
  const { jobId, holder, isPaused } = view;
  const isHeld = holder === 'person';
  const isRunning = job.state === 'running' && holder !== 'nobody';

  const isEntering = useRef(false);

  const hold = async (next: 'task' | 'person', paused: boolean): Promise<boolean> => {
    const failed = await browser.hold(jobId, next, paused);
    sayError(failed);
    return failed === null;
  };
  async function takeOver(): Promise<void> {
    isEntering.current = true;
    if (!(await hold('person', false))) isEntering.current = false;
  }
  // Into the page only from the button that said so: nobody who went elsewhere meanwhile is pulled back.
  useEffect(() => {
    if (!isHeld || !isEntering.current) return;
    isEntering.current = false;
    if (document.activeElement === holdRef.current) canvasRef.current?.focus();
  }, [isHeld, canvasRef, holdRef]);

  return (
    <>
      <p className="browser-ways">
        {job.undecided > 0 && (
          <Button size="s" variant="accent" icon={<CircleHelp aria-hidden />} onClick={() => layout.inspect(jobId)}>
            {t.inspector.toQuestion}
          </Button>
        )}
        {/* One button that changes its words: whoever works with keys stays on it. */}
        {isRunning && (
          <Button
            ref={holdRef}
            size="s"
            variant={isHeld ? 'accent' : 'plain'}
            icon={isHeld ? <Undo2 aria-hidden /> : <Hand aria-hidden />}
            onClick={() => void (isHeld ? hold('task', false) : takeOver())}
          >
            {isHeld ? t.browser.giveBack : t.browser.takeOver}
          </Button>
        )}
        {isRunning && !isHeld && (
          <Button
            size="s"
            variant={isPaused ? 'accent' : 'plain'}
            icon={isPaused ? <Play aria-hidden /> : <Pause aria-hidden />}
            onClick={() => void hold('task', !isPaused)}
          >
            {isPaused ? t.browser.goOn : t.browser.pause}
          </Button>
        )}
        {isStoppable(job) && (
          <Button size="s" icon={<Square aria-hidden />} onClick={() => void stop(job)}>
            {t.common.stop}
          </Button>
        )}
        <Button size="s" variant="quiet" icon={<ListTree aria-hidden />} onClick={() => layout.inspect(jobId)}>
          {t.browser.steps}
        </Button>
        <Button size="s" variant="quiet" icon={<Plus aria-hidden />} onClick={() => layout.showBrowser({ what: 'form' })}>
          {t.browser.newTask}
        </Button>
      </p>
      {isRunning && isHeld && (
        <p className="browser-held">
          {t.browser.holding} {t.browser.escHint}
        </p>
      )}
      {isRunning && !isHeld && isPaused && <p className="browser-held">{t.browser.pausedHint}</p>}
    </>
  );
}

/** The address of what is shown, and the tabs where there are several. */
function PageBar({ view: { tabs, trace } }: { readonly view: BrowserView }) {
  const { t } = useSpeech();
  const shown = tabs.find(({ isShown }) => isShown);
  const address = shown?.url ?? trace.at(-1)?.url ?? '';
  return (
    <div className="page-bar">
      {tabs.length > 1 && (
        <ol className="page-tabs" aria-label={t.browser.tabs}>
          {tabs.map(({ index, title, url, isShown }, at) => (
            <li key={index} className={isShown ? 'page-tab page-tab-shown' : 'page-tab'} aria-current={isShown ? 'true' : undefined}>
              <span className="truncate">{t.browser.tab(at + 1, visibleLine(title || url))}</span>
            </li>
          ))}
        </ol>
      )}
      <p className="page-address truncate" aria-label={t.browser.address} role="group" title={address}>
        {address === '' ? t.browser.noAddress : visibleLine(address)}
      </p>
    </div>
  );
}

/** Of a task that has ended: what its page showed last. */
function LastPicture({ view }: { readonly view: BrowserView }) {
  const { t } = useSpeech();
  const picture = useScreenshot(view.jobId, view.trace.findLast(({ screenshot }) => screenshot !== null)?.screenshot ?? null);
  if (picture === null || picture === undefined) return null;
  return (
    <div className="live-view">
      <img className="live-canvas" src={picture} alt={t.browser.screenEnded} />
    </div>
  );
}
