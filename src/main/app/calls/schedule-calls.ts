import { isDeepStrictEqual } from 'node:util';
import type { ScheduleView } from '../../../shared/domain/schedule.ts';
import type { StoredSchedule } from '../../engine/schedule-store.ts';
import type { Schedules } from '../../engine/schedules.ts';
import type { HandlersOf } from '../../ipc/handlers.ts';
import { scheduledRecipe, storedWork, toScheduleView } from '../schedule-work.ts';
import type { CallContext } from './call-context.ts';
import { expectFound } from './expect-found.ts';

const saveRoute = 'schedules.save';
/** Of a chat that has no name yet: whoever shows it words that. */
const noTitle = '';

/** What windows are told of the schedules. */
export function scheduleViews(schedules: Pick<Schedules, 'list'>): ScheduleView[] {
  return schedules.list().flatMap(schedule => toScheduleView(schedule) ?? []);
}

/** What the schedules that run a recipe are called. */
export function schedulesOfRecipe(schedules: Pick<Schedules, 'list'>, recipeId: string): readonly string[] {
  return scheduleViews(schedules).flatMap(({ work, title }) => (work.kind === 'browser.run' && work.recipeId === recipeId ? [title] : []));
}

/** What the schedules that sign in with a login are called. */
export function schedulesOfLogin(schedules: Pick<Schedules, 'list'>, login: string): readonly string[] {
  return scheduleViews(schedules).flatMap(({ work, title }) => (work.kind === 'browser.run' && work.login === login ? [title] : []));
}

/** What a person sets of a schedule besides its name. */
function asSetUp({ work, cron, timeZone, missed, enabled }: ScheduleView) {
  return { work, cron, timeZone, missed, enabled };
}

export function scheduleCalls(
  { store, events, now }: Pick<CallContext, 'store' | 'events' | 'now'>,
  schedules: Schedules,
): HandlersOf<'schedules'> {
  function view(schedule: StoredSchedule): ScheduleView {
    return expectFound(toScheduleView(schedule), 'schedule', schedule.id);
  }

  return {
    'schedules.list': () => ({ schedules: scheduleViews(schedules), revision: events.revision('schedules.changed') }),
    'schedules.save': ({ requestKey, scheduleId, work, title, ...times }) => {
      const session = expectFound(store.sessions.get(work.sessionId), 'chat', work.sessionId);
      const ownTitle = work.kind === 'browser.run' ? scheduledRecipe(store, work).name : session.title;
      return store.inTransaction(() => {
        const asked = { ...storedWork(work), ...times };
        const earlier = store.requests.find(saveRoute, requestKey);
        if (earlier !== null) {
          const there = view(expectFound(schedules.list().find(({ id }) => id === earlier) ?? null, 'schedule', earlier));
          if (isDeepStrictEqual(asSetUp(there), { work, ...times }) && (title === null || title === there.title)) return there;
          // The form was changed after an answer that was lost: it says what the schedule of that try is to be.
          return view(schedules.save({ ...asked, id: there.id, title: title ?? there.title }));
        }
        const saved = schedules.save({ ...asked, id: scheduleId, title: title ?? ownTitle ?? noTitle });
        store.requests.record({ route: saveRoute, requestKey, resultId: saved.id, atMs: now() });
        return view(saved);
      });
    },
    'schedules.remove': ({ scheduleId }) => {
      schedules.remove(scheduleId);
      return {};
    },
    'schedules.setEnabled': ({ scheduleId, enabled }) => view(schedules.setEnabled(scheduleId, enabled)),
    'schedules.preview': ({ cron, timeZone, count }) => ({ atMs: [...schedules.preview(cron, timeZone, count)] }),
  };
}
