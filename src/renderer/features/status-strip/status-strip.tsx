import { useState, type ReactNode } from 'react';
import { Popover } from '../../ui/popover.tsx';
import { useStore } from 'zustand';
import type { Status } from '../../../shared/contract/app.ts';
import { useSayError, useServices, useSpeech } from '../../state/context.tsx';
import { textsGoTo } from '../../state/models-store.ts';
import { Button } from '../../ui/button.tsx';
import { Keys } from '../../ui/keys.tsx';
import { WorkingMark } from '../../ui/working-mark.tsx';
import { stripLine } from './strip-line.ts';
import './status-strip.css';

function workersTone(status: Status): 'ok' | 'warn' | 'bad' {
  if (status.workers.some(worker => worker.state === 'broken')) return 'bad';
  return status.workers.some(worker => worker.state === 'restarting') ? 'warn' : 'ok';
}

/** One line at the foot of the window: what runs, what stands still and why. */
export function StatusStrip({ notices, bell }: { readonly notices: ReactNode; readonly bell: ReactNode }) {
  const { app, jobs, view } = useServices();
  const speech = useSpeech();
  const { t } = speech;
  const status = useStore(app, state => state.status);
  const connection = useStore(app, state => state.connection);
  const counts = useStore(jobs, state => state.counts);
  const tasksOpen = useStore(view, state => state.tasksOpen);
  if (!status)
    return (
      <footer className="strip" aria-label={t.strip.label}>
        {notices}
        {bell}
      </footer>
    );

  // What ran when the connection broke may have ended since: out of reach, nothing is said about it.
  const known = connection === 'open';
  const trouble =
    connection === 'lost' || connection === 'gone'
      ? t.strip[connection]
      : status.storage === 'full'
        ? t.strip.storageFull
        : status.storage === 'read_only'
          ? t.strip.storageReadOnly
          : null;

  return (
    <footer className="strip" aria-label={t.strip.label}>
      <button type="button" className="strip-tasks" aria-expanded={tasksOpen} onClick={() => view.toggleTasks()}>
        {known && status.running > 0 && !status.paused && <WorkingMark />}
        {known && <span>{stripLine(status.running, counts, t)}</span>}
        <span className={known ? 'visually-hidden' : ''}>
          {known ? '. ' : ''}
          {t.strip.tasksHint}
        </span>
        <Keys combo="Ctrl+J" />
      </button>
      {known && <Paused status={status} />}
      {trouble !== null && (
        <span className="strip-trouble truncate" role="status" title={trouble}>
          {trouble}
        </span>
      )}
      {notices}
      {known && <Workers status={status} />}
      {bell}
    </footer>
  );
}

/** That the queue or some kinds stand still, in words, with the button that lets them go on. */
function Paused({ status: { paused, pausedKinds = [] } }: { readonly status: Status }) {
  const { app } = useServices();
  const sayError = useSayError();
  const { t } = useSpeech();
  if (!paused && pausedKinds.length === 0) return null;
  const words = paused ? t.strip.paused : t.panel.pausedKinds(pausedKinds.map(kind => t.queue.kinds[kind]).join(', '));

  async function resume(): Promise<void> {
    if (paused) return sayError(await app.setPaused(false));
    for (const kind of pausedKinds) sayError(await app.setKindPaused(kind, false));
  }

  return (
    <span className="strip-paused">
      <span className="truncate" title={words}>
        {words}
      </span>
      <Button size="s" variant="quiet" onClick={() => void resume()}>
        {t.strip.resume}
      </Button>
    </span>
  );
}

function Workers({ status }: { readonly status: Status }) {
  const { view, models } = useServices();
  const speech = useSpeech();
  const { t } = speech;
  const goTo = useStore(models, state => textsGoTo(state.view));
  const [open, setOpen] = useState(false);

  function showHealth(): void {
    setOpen(false);
    view.setDialog('health');
  }

  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      side="top"
      align="end"
      title={t.strip.workers}
      trigger={
        <button type="button" className="strip-workers">
          <span className={`strip-dot strip-dot-${workersTone(status)}`} aria-hidden />
          <span className="truncate">
            {workersTone(status) === 'ok'
              ? goTo === null
                ? t.strip.local
                : t.strip.sentTo(goTo)
              : status.workers
                  .filter(worker => worker.state === 'broken' || worker.state === 'restarting')
                  .map(worker => `${t.strip.worker[worker.name]}: ${t.strip.workerState[worker.state]}`)
                  .join(', ')}
          </span>
        </button>
      }
    >
      <ul className="strip-worker-list">
        {status.workers.map(worker => (
          <li key={worker.name}>
            <span
              className={`strip-dot strip-dot-${worker.state === 'broken' ? 'bad' : worker.state === 'restarting' ? 'warn' : worker.state === 'stopped' ? 'off' : 'ok'}`}
              aria-hidden
            />
            <span>{t.strip.worker[worker.name]}</span>
            <span className="strip-worker-state">
              {t.strip.workerState[worker.state]}
              {worker.running > 0 ? ` (${speech.number(worker.running)})` : ''}
              {worker.retryAtMs !== null ? `, ${t.strip.workerRetry(speech.when(worker.retryAtMs, Date.now()))}` : ''}
              {worker.restarts > 0 ? `, ${t.strip.restarts(worker.restarts)}` : ''}
            </span>
          </li>
        ))}
      </ul>
      <Button size="s" variant="quiet" className="strip-health" onClick={showHealth}>
        {t.strip.health}
      </Button>
    </Popover>
  );
}
