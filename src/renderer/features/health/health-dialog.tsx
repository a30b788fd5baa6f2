import { useEffect, useId } from 'react';
import { useStore } from 'zustand';
import type { Health } from '../../../shared/contract/health.ts';
import { activeJobStates } from '../../../shared/domain/job-state.ts';
import { jobKinds } from '../../../shared/domain/job.ts';
import { useServices, useSpeech } from '../../state/context.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { shortTime, verdictOf } from './health-words.ts';
import './health-dialog.css';

/** How the program is. Figures change in place; only the sentence above them is spoken when it changes. */
export function HealthDialog() {
  const { health: store, view } = useServices();
  const speech = useSpeech();
  const { t } = speech;
  const { health, failure } = useStore(store);
  useEffect(() => store.watch(), [store]);
  return (
    <Dialog open onClose={() => view.setDialog(null)} title={t.health.title} closeLabel={t.common.close}>
      {health === null ? (
        <p className="health-none" role="status">
          {failure === null ? t.common.loading : speech.error(failure)}
        </p>
      ) : (
        <Figures health={health} failure={failure} />
      )}
    </Dialog>
  );
}

function Figures({ health, failure }: { readonly health: Health; readonly failure: string | null }) {
  const speech = useSpeech();
  const { t } = speech;
  const verdict = failure === null ? verdictOf(health, speech) : { tone: 'bad' as const, text: speech.error(failure) };
  return (
    // Nothing in it takes the focus, and it may be longer than the dialog: the arrows scroll it from here.
    <div className="health" role="region" aria-label={t.health.title} tabIndex={0}>
      <p className={`health-verdict health-verdict-${verdict.tone}`} role="status">
        <span className={`health-dot health-dot-${verdict.tone}`} aria-hidden />
        {verdict.text}
      </p>
      <Queue health={health} />
      <Workers health={health} />
      <Storage health={health} />
      <Program health={health} />
    </div>
  );
}

function Section({ title, children }: { readonly title: string; readonly children: React.ReactNode }) {
  const id = useId();
  return (
    <section className="health-section" aria-labelledby={id}>
      <h3 id={id}>{title}</h3>
      {children}
    </section>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Queue({ health }: { readonly health: Health }) {
  const speech = useSpeech();
  const { t } = speech;
  const { lastMinute } = health;
  const countOf = (kind: string, state: string): number => health.queue.find(row => row.kind === kind && row.state === state)?.count ?? 0;
  const kinds = jobKinds.filter(kind => health.queue.some(row => row.kind === kind));
  const minute = [
    t.health.minuteDone(lastMinute.done),
    t.health.minuteFailed(lastMinute.failed),
    ...(lastMinute.cancelled > 0 ? [t.health.minuteCancelled(lastMinute.cancelled)] : []),
    ...(lastMinute.retried > 0 ? [t.health.minuteRetried(lastMinute.retried)] : []),
    ...(lastMinute.lost > 0 ? [t.health.minuteLost(lastMinute.lost)] : []),
  ];
  return (
    <Section title={t.health.queue}>
      {kinds.length === 0 ? (
        <p className="health-none">{t.health.noJobs}</p>
      ) : (
        <table className="health-table">
          <caption className="visually-hidden">{t.health.queueTable}</caption>
          <thead>
            <tr>
              <th scope="col">
                <span className="visually-hidden">{t.health.kind}</span>
              </th>
              {activeJobStates.map(state => (
                <th key={state} scope="col">
                  {t.jobs.state[state]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {kinds.map(kind => (
              <tr key={kind}>
                <th scope="row">{t.jobs.kind[kind]}</th>
                {activeJobStates.map(state => {
                  const count = countOf(kind, state);
                  return (
                    <td key={state} className={count === 0 ? 'health-zero' : ''}>
                      {speech.number(count)}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <dl className="health-facts">
        {health.oldestQueuedMs !== null && <Fact name={t.health.oldest}>{shortTime(health.oldestQueuedMs, speech)}</Fact>}
        <Fact name={t.health.lastMinute}>{minute.join(', ')}</Fact>
      </dl>
    </Section>
  );
}

function Workers({ health }: { readonly health: Health }) {
  const speech = useSpeech();
  const { t } = speech;
  return (
    <Section title={t.strip.workers}>
      <ul className="health-workers">
        {health.workers.map(worker => (
          <li key={worker.name}>
            <p>
              <span
                className={`health-dot health-dot-${worker.state === 'broken' ? 'bad' : worker.state === 'restarting' ? 'warn' : worker.state === 'stopped' ? 'off' : 'ok'}`}
                aria-hidden
              />
              <span className="health-worker">{t.strip.worker[worker.name]}</span>
              <span className="health-worker-state">
                {[
                  t.strip.workerState[worker.state],
                  ...(worker.retryAtMs === null ? [] : [t.strip.workerRetry(speech.when(worker.retryAtMs, health.atMs))]),
                  ...(worker.restarts > 0 ? [t.strip.restarts(worker.restarts)] : []),
                ].join(', ')}
              </span>
            </p>
            {worker.processes.map(process => (
              <p key={process.generation} className="health-process">
                <span>{process.pid === null ? t.health.starting : t.health.process(String(process.pid))}</span>
                <span>
                  {[
                    process.standsBy ? t.health.standsBy : t.health.tasks(process.tasks),
                    ...(process.rssBytes === null ? [] : [speech.bytes(process.rssBytes)]),
                  ].join(', ')}
                </span>
              </p>
            ))}
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Storage({ health: { database, lastBackup, atMs } }: { readonly health: Health }) {
  const speech = useSpeech();
  const { t } = speech;
  return (
    <Section title={t.health.storage}>
      <dl className="health-facts">
        <Fact name={t.health.database}>{speech.bytes(database.bytes + database.logBytes)}</Fact>
        <Fact name={t.health.backup}>
          {lastBackup === null ? t.health.noBackup : `${speech.date(lastBackup.atMs, atMs)}, ${speech.bytes(lastBackup.bytes)}`}
        </Fact>
      </dl>
    </Section>
  );
}

function Program({ health: { main, sinceMs, atMs, loopDelay, commits } }: { readonly health: Health }) {
  const speech = useSpeech();
  const { t } = speech;
  return (
    <Section title={t.health.program}>
      <dl className="health-facts">
        <Fact name={t.health.process(String(main.pid))}>{speech.bytes(main.rssBytes)}</Fact>
        <Fact name={t.health.since}>{speech.date(sinceMs, atMs)}</Fact>
        <Fact name={t.health.loopDelay}>
          {loopDelay === null
            ? t.health.measuring
            : t.health.usually(shortTime(loopDelay.p50Ms, speech), shortTime(loopDelay.maxMs, speech))}
        </Fact>
        {commits !== null && (
          <Fact name={t.health.commits}>{t.health.within(shortTime(commits.p50Ms, speech), shortTime(commits.p99Ms, speech))}</Fact>
        )}
      </dl>
    </Section>
  );
}
