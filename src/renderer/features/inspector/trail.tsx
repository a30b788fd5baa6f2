import { jobId } from '../../../shared/domain/ids.ts';
import type { JobInspection } from '../../../shared/domain/job.ts';
import { daysBetween } from '../../i18n/format.ts';
import { describeTrail } from '../../i18n/trail-words.ts';
import { useServices, useSpeech } from '../../state/context.tsx';

/** Lines whose detail is the id of another job. */
const pointsAtJob: readonly string[] = ['forked', 'forked_from'];

/** What happened to a job, in words, with the time of day; the date where a new day begins. */
export function Trail({ inspection, nowMs }: { readonly inspection: JobInspection; readonly nowMs: number }) {
  const { view } = useServices();
  const speech = useSpeech();
  const { t } = speech;
  const { events, subjects } = inspection;
  return (
    <section>
      <h3>{t.jobs.events}</h3>
      <ol className="inspector-events">
        {events.map((event, at) => {
          const before = events[at - 1];
          const isNewDay = before ? daysBetween(before.atMs, event.atMs) !== 0 : daysBetween(event.atMs, nowMs) !== 0;
          const other = pointsAtJob.includes(event.type) ? (jobId.safeParse(event.detail).data ?? null) : null;
          const words = describeTrail(event, speech, subjects);
          return (
            <li key={event.seq}>
              <time dateTime={new Date(event.atMs).toISOString()}>{speech.time(event.atMs)}</time>
              {other === null ? (
                <span>{words}</span>
              ) : (
                <button type="button" className="inspector-link" onClick={() => view.inspect(other)}>
                  {words}
                </button>
              )}
              {isNewDay && <span className="trail-day">{speech.date(event.atMs, nowMs)}</span>}
            </li>
          );
        })}
      </ol>
    </section>
  );
}
