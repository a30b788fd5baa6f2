import { useEffect, useId, useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { sessionId as sessionIdSchema, type SessionId } from '../../../shared/domain/ids.ts';
import { missedPolicies, timeZoneLimit, type ScheduleView } from '../../../shared/domain/schedule.ts';
import { detailLevels } from '../../../shared/domain/synopsis.ts';
import type { Rhythm } from '../../i18n/engine-messages.ts';
import type { ScheduleDraft } from '../../state/schedules-store.ts';
import { useServices, useSpeech } from '../../state/context.tsx';
import { Button } from '../../ui/button.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { LoginChoice } from '../../ui/login-choice.tsx';
import { RecipeParams } from './recipe-params.tsx';
import { fromCron, isTimeOfDay, lastMonthDay, toCron, usualWhen, type When } from './rhythm.ts';
import { cronProblem, dayAndTime, ownTimeZone } from './schedule-words.ts';

const rhythms = ['weekdays', 'daily', 'weekly', 'monthly', 'cron'] as const satisfies readonly Rhythm[];
const weekdays = [1, 2, 3, 4, 5, 6, 7] as const;
const monthDays = Array.from({ length: lastMonthDay }, (_, at) => at + 1);
/** Pause after the last change before main is asked for the next times: a typist's usual gap between keys. */
const typingPauseMs = 160;

type Preview = { readonly for: string; readonly atMs: readonly number[] } | { readonly for: string; readonly problem: string };

/** Codes that the time zone is to blame for; the others are about the times. */
const zoneProblem = 'bad_time_zone';

interface ScheduleFormProps {
  /** Null makes a new one. */
  readonly schedule: ScheduleView | null;
  /** Of a new one: the saved recipe that it runs; null makes synopses. */
  readonly recipeId: string | null;
  readonly sessionId: SessionId | null;
  readonly onDone: () => void;
}

export function ScheduleForm({ schedule, recipeId, sessionId, onDone }: ScheduleFormProps) {
  const { schedules: store, sessions, toasts, app } = useServices();
  const speech = useSpeech();
  const { t } = speech;
  const chats = useStore(sessions, state => state.sessions);
  const usualDetail = useStore(app, state => state.settings?.synopsisDetail ?? 'standard');
  const [chat, setChat] = useState<string>(sessionId ?? chats[0]?.id ?? '');
  const [when, setWhen] = useState<When>(schedule === null ? usualWhen : fromCron(schedule.cron));
  const [timeZone, setTimeZone] = useState(schedule?.timeZone ?? ownTimeZone());
  const [missed, setMissed] = useState(schedule?.missed ?? 'run_once');
  const [detail, setDetail] = useState(schedule?.work.kind === 'synopsis.make' ? schedule.work.detail : usualDetail);
  const task = schedule?.work.kind === 'agent.run' ? schedule.work : null;
  const before = schedule?.work.kind === 'browser.run' ? schedule.work : null;
  const runs = before?.recipeId ?? recipeId;
  const [params, setParams] = useState<Readonly<Record<string, string>>>(before?.params ?? {});
  const [login, setLogin] = useState(before?.login ?? null);
  const [preview, setPreview] = useState<Preview | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [isSaving, setSaving] = useState(false);
  /** Of this form: saving again after an answer that was lost makes no second schedule. */
  const [requestKey] = useState(() => crypto.randomUUID());
  const isTimed = when.rhythm === 'cron' || isTimeOfDay(when.time);
  const cron = toCron(when);
  const asked = `${cron} ${timeZone}`;

  useEffect(() => {
    if (!isTimed) return;
    let isStale = false;
    const timer = setTimeout(() => {
      void store.preview(cron, timeZone).then(result => {
        if (isStale) return;
        setPreview(result.ok ? { for: asked, atMs: result.value } : { for: asked, problem: result.code });
      });
    }, typingPauseMs);
    return () => {
      isStale = true;
      clearTimeout(timer);
    };
  }, [store, cron, timeZone, asked, isTimed]);

  const problem = preview !== null && 'problem' in preview && preview.for === asked ? preview.problem : null;
  const change = (patch: Partial<When>): void => setWhen(now => ({ ...now, ...patch }));

  function workIn(session: SessionId): ScheduleDraft['work'] {
    if (task !== null) return { ...task, sessionId: session };
    if (runs !== null) return { kind: 'browser.run', sessionId: session, recipeId: runs, params: { ...params }, login };
    return { kind: 'synopsis.make', sessionId: session, detail };
  }

  async function save(): Promise<void> {
    const session = sessionIdSchema.safeParse(chat);
    if (!session.success) return setFailure('not_found');
    setSaving(true);
    const saved = await store.save({
      requestKey,
      scheduleId: schedule?.id ?? null,
      work: workIn(session.data),
      // One that was named by hand keeps its name; the others are called after their chat, and those of a recipe after it.
      title:
        schedule !== null && (runs !== null || schedule.work.sessionId === session.data) && schedule.title !== '' ? schedule.title : null,
      cron,
      timeZone: timeZone.trim(),
      missed,
      enabled: schedule?.enabled ?? true,
    });
    setSaving(false);
    if (!saved.ok) return setFailure(saved.code);
    const { nextAtMs } = saved.value;
    if (nextAtMs !== null) toasts.say({ key: 'schedule-saved', text: said => said.t.schedules.saved(said.when(nextAtMs, Date.now())) });
    onDone();
  }

  return (
    <form
      className="schedule-form"
      onSubmit={event => {
        event.preventDefault();
        void save();
      }}
    >
      {runs !== null && <RecipeParams recipeId={runs} values={params} onChange={setParams} />}
      {runs !== null && <LoginChoice chosen={login} onChoose={setLogin} />}
      <SelectField
        label={t.schedules.chat}
        value={chat}
        options={[
          // A chat far down the list is not among those that were read.
          ...(chats.some(({ id }) => id === chat) || schedule === null
            ? []
            : [{ value: chat, label: schedule.title === '' ? t.common.untitledChat : schedule.title }]),
          ...chats.map(({ id, title }) => ({ value: id as string, label: title ?? t.common.untitledChat })),
        ]}
        onChange={setChat}
      />
      <SelectField
        label={t.schedules.rhythm}
        value={when.rhythm}
        options={rhythms.map(value => ({ value, label: t.schedules.rhythmName[value] }))}
        // The expression of the form so far is a good beginning for one's own.
        onChange={rhythm => change({ rhythm, ...(rhythm === 'cron' ? { cron } : {}) })}
      />
      {when.rhythm === 'weekly' && (
        <SelectField
          label={t.schedules.weekday}
          value={String(when.weekday)}
          options={weekdays.map(day => ({ value: String(day), label: speech.weekday(day, 'long') }))}
          onChange={day => change({ weekday: Number(day) })}
        />
      )}
      {when.rhythm === 'monthly' && (
        <SelectField
          label={t.schedules.monthDay}
          value={String(when.monthDay)}
          options={monthDays.map(day => ({ value: String(day), label: t.schedules.monthDayName(day) }))}
          onChange={day => change({ monthDay: Number(day) })}
        />
      )}
      {when.rhythm === 'cron' ? (
        <TextField
          label={t.schedules.cron}
          value={when.cron}
          onChange={text => change({ cron: text })}
          mono
          maxLength={200}
          spellCheck={false}
          hint={t.schedules.cronHint}
          problem={problem !== null && problem !== zoneProblem ? cronProblem(problem, when.cron, speech) : null}
        />
      ) : (
        <TextField
          label={t.schedules.at}
          value={when.time}
          inputMode="numeric"
          maxLength={5}
          narrow
          problem={isTimed ? null : t.schedules.badTime}
          onChange={time => change({ time })}
        />
      )}
      <TextField
        label={t.schedules.timeZone}
        value={timeZone}
        onChange={setTimeZone}
        maxLength={timeZoneLimit}
        spellCheck={false}
        suggestions={Intl.supportedValuesOf('timeZone')}
        problem={problem === zoneProblem ? speech.error(problem) : null}
      />
      {task === null && runs === null && (
        <Choice label={t.synopsis.detail}>
          <Segmented
            label={t.synopsis.detail}
            value={detail}
            onChange={setDetail}
            options={detailLevels.map(value => ({ value, label: t.synopsis.detailLevel[value] }))}
          />
        </Choice>
      )}
      <Choice label={t.schedules.missed}>
        <Segmented
          label={t.schedules.missed}
          value={missed}
          onChange={setMissed}
          options={missedPolicies.toReversed().map(value => ({ value, label: t.schedules.missedName[value] }))}
        />
      </Choice>
      <NextTimes preview={preview} timeZone={timeZone.trim()} />
      {failure !== null && (
        <p className="schedules-problem" role="alert">
          {speech.error(failure)}
        </p>
      )}
      <div className="schedule-form-foot">
        <Button onClick={onDone}>{t.schedules.back}</Button>
        <Button variant="accent" disabled={isSaving || !isTimed || problem !== null || chat === ''} onClick={() => void save()}>
          {t.schedules.save}
        </Button>
      </div>
    </form>
  );
}

function Choice({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className="schedule-choice">
      <span>{label}</span>
      {children}
    </div>
  );
}

/** The last good answer stays while the next is on its way, so that nothing jumps. */
function NextTimes({ preview, timeZone }: { readonly preview: Preview | null; readonly timeZone: string }) {
  const speech = useSpeech();
  const id = useId();
  const times = preview !== null && 'atMs' in preview ? preview : null;
  return (
    <section className="schedule-preview" aria-labelledby={id} aria-live="polite">
      <h3 id={id}>{speech.t.schedules.preview}</h3>
      <ol>
        {times?.atMs.map(atMs => (
          <li key={atMs}>{dayAndTime(atMs, times.for.endsWith(` ${timeZone}`) ? timeZone : ownTimeZone(), speech)}</li>
        ))}
      </ol>
    </section>
  );
}
