import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Client } from '../../shared/contract/client.ts';
import type { CallInput } from '../../shared/contract/contract.ts';
import type { ScheduleId } from '../../shared/domain/ids.ts';
import type { ScheduleView } from '../../shared/domain/schedule.ts';
import { followRevision } from './follow-revision.ts';
import { failureOf, outcomeOf, type Outcome } from './outcome.ts';

export interface SchedulesState {
  /** Null until they were read: without anybody looking they are not asked for. */
  readonly schedules: readonly ScheduleView[] | null;
  /** Why they could not be read, as an error code. */
  readonly failure: string | null;
}

/** A schedule as a person sets it up; without an id it is a new one. One request key for each opened form, however often it is tried. */
export type ScheduleDraft = CallInput<'schedules.save'>;

export interface SchedulesStore extends StoreApi<SchedulesState> {
  reload(): Promise<void>;
  save(draft: ScheduleDraft): Promise<Outcome<ScheduleView>>;
  setEnabled(scheduleId: ScheduleId, enabled: boolean): Promise<string | null>;
  remove(scheduleId: ScheduleId): Promise<string | null>;
  /** The next times of an expression, in milliseconds since 1970. */
  preview(cron: string, timeZone: string): Promise<Outcome<readonly number[]>>;
}

/** Times of a preview: as many as are taken in at a glance. */
const previewed = 5;

export function createSchedulesStore(client: Client): SchedulesStore {
  const store = createStore<SchedulesState>(() => ({ schedules: null, failure: null }));
  const follower = followRevision({
    async load() {
      const result = await client.call('schedules.list', {});
      if (!result.ok) store.setState({ failure: result.error.code });
      return result.ok ? result.value : null;
    },
    onSnapshot: ({ schedules }) => store.setState({ schedules, failure: null }),
    onEvent: (event: { revision: number; schedules: ScheduleView[] }) => store.setState({ schedules: event.schedules }),
  });
  client.onEvent('schedules.changed', follower.take);

  return {
    ...store,
    reload: follower.reload,
    async save(draft) {
      return outcomeOf(await client.call('schedules.save', draft));
    },
    async setEnabled(scheduleId, enabled) {
      return failureOf(await client.call('schedules.setEnabled', { scheduleId, enabled }));
    },
    async remove(scheduleId) {
      return failureOf(await client.call('schedules.remove', { scheduleId }));
    },
    async preview(cron, timeZone) {
      const result = await client.call('schedules.preview', { cron, timeZone, count: previewed });
      return result.ok ? { ok: true, value: result.value.atMs } : { ok: false, code: result.error.code };
    },
  };
}
