import { useStore } from 'zustand';
import { useServices, useSpeech } from '../../state/context.tsx';

/** Each worker process and how it is, at the foot of the list whose jobs it runs. */
export function WorkerLine() {
  const { app } = useServices();
  const speech = useSpeech();
  const { t } = speech;
  const workers = useStore(app, state => state.status?.workers) ?? [];
  if (workers.length === 0) return null;
  return (
    <ul className="worker-line" aria-label={t.queue.workers}>
      {workers.map(worker => (
        <li key={worker.name} className={`worker worker-${worker.state}`}>
          <span className="worker-name">{t.strip.worker[worker.name]}:</span>{' '}
          {[
            worker.running > 1
              ? `${t.strip.workerState[worker.state]} (${speech.number(worker.running)})`
              : t.strip.workerState[worker.state],
            ...(worker.retryAtMs === null ? [] : [t.strip.workerRetry(speech.when(worker.retryAtMs, Date.now()))]),
            ...(worker.restarts > 0 ? [t.strip.restarts(worker.restarts)] : []),
          ].join(', ')}
        </li>
      ))}
    </ul>
  );
}
