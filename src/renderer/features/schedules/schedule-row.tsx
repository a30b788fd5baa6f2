import { useEffect } from 'react';
import { MoreHorizontal, PencilLine, Trash2 } from 'lucide-react';
import { useStore } from 'zustand';
import { describeJob } from '../../i18n/job-words.ts';
import type { JobId } from '../../../shared/domain/ids.ts';
import type { ScheduleView } from '../../../shared/domain/schedule.ts';
import type { Speech } from '../../i18n/format.ts';
import { useSayError, useServices, useSpeech } from '../../state/context.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Menu } from '../../ui/menu.tsx';
import { Switch } from '../../ui/switch-field.tsx';
import { fromCron } from './rhythm.ts';
import { describeWhen, ownTimeZone } from './schedule-words.ts';

/** After a colon, where a sentence goes on. */
function inSentence(words: string, { language }: Speech): string {
  return `${words.slice(0, 1).toLocaleLowerCase(language)}${words.slice(1)}`;
}

/** One schedule: what, when, the next time and what became of the last. */
export function ScheduleRow({ schedule, onEdit }: { readonly schedule: ScheduleView; readonly onEdit: () => void }) {
  const { schedules: store, sessions, jobs, toasts, view } = useServices();
  const sayError = useSayError();
  const speech = useSpeech();
  const { t } = speech;
  const chat = useStore(sessions, state => state.byId.get(schedule.work.sessionId) ?? null);
  const nowMs = Date.now();
  const name = schedule.title === '' ? t.common.untitledChat : schedule.title;
  const title = schedule.work.kind === 'browser.run' ? t.recipes.scheduled(name) : t.schedules.sentence(name);
  const when = describeWhen(fromCron(schedule.cron), speech);
  const { lastRun } = schedule;
  const lastJobId = lastRun?.jobId ?? null;
  const lastJob = useStore(jobs, state => (lastJobId === null ? null : (state.byId.get(lastJobId) ?? null)));
  useEffect(() => {
    if (lastJobId !== null) jobs.look([lastJobId]);
  }, [jobs, lastJobId]);
  const started = lastJob === null ? t.schedules.outcome.started : inSentence(describeJob(lastJob, speech, nowMs), speech);

  const isBrowser = schedule.work.kind === 'browser.run';
  function show(jobId: JobId): void {
    if (!isBrowser) return view.inspect(jobId);
    view.openSession(schedule.work.sessionId);
    view.showBrowser({ what: 'task', jobId });
  }

  async function remove(): Promise<void> {
    const failed = await store.remove(schedule.id);
    if (failed !== null) return sayError(failed);
    const { work, title: named, cron, timeZone, missed, enabled } = schedule;
    const requestKey = crypto.randomUUID();
    toasts.say({
      key: `schedule-removed:${schedule.id}`,
      text: said => said.t.schedules.removed(named),
      action: {
        label: said => said.t.common.undo,
        run: () =>
          void store
            .save({ requestKey, work, title: named === '' ? null : named, cron, timeZone, missed, enabled })
            .then(saved => sayError(saved.ok ? null : saved.code)),
      },
    });
  }

  return (
    <li className={`schedule ${schedule.enabled ? '' : 'schedule-off'}`}>
      <div className="schedule-words">
        <p className="schedule-title">{title}</p>
        <p>{schedule.timeZone === ownTimeZone() ? when : t.schedules.inZone(when, schedule.timeZone)}</p>
        <p className="schedule-times">
          {[
            schedule.nextAtMs !== null
              ? t.schedules.next(speech.when(schedule.nextAtMs, nowMs))
              : schedule.enabled
                ? t.schedules.never
                : t.schedules.off,
            lastRun === null
              ? t.schedules.notYet
              : t.schedules.last(
                  speech.when(lastRun.plannedAtMs, nowMs),
                  lastRun.error
                    ? speech.error(lastRun.error.code)
                    : lastRun.outcome === 'started'
                      ? started
                      : t.schedules.outcome[lastRun.outcome],
                ),
          ].join(' · ')}
          {lastRun?.jobId && (
            <button
              type="button"
              className="schedule-job"
              onClick={() => {
                view.setDialog(null);
                if (lastRun.jobId) show(lastRun.jobId);
              }}
            >
              {isBrowser ? t.recipes.showRun : t.schedules.showJob}
            </button>
          )}
        </p>
      </div>
      <Switch
        label={t.schedules.enabled(title)}
        checked={schedule.enabled}
        onChange={enabled => void store.setEnabled(schedule.id, enabled).then(sayError)}
      />
      <Menu
        trigger={<IconButton size="s" label={t.schedules.menu(title)} icon={<MoreHorizontal />} />}
        entries={[
          { key: 'edit', label: t.schedules.edit, icon: <PencilLine />, disabled: chat === null, onSelect: onEdit },
          { key: 'remove', label: t.common.remove, icon: <Trash2 />, danger: true, onSelect: () => void remove() },
        ]}
      />
    </li>
  );
}
