import type { CallArgs, CallOutput } from '../../src/shared/contract/contract.ts';
import type { BudgetView, Spent } from '../../src/shared/domain/budget.ts';
import { readCron, upcoming } from '../../src/main/engine/cron.ts';
import { EngineError } from '../../src/main/engine/engine-api.ts';
import { scheduleId, type ScheduleId } from '../../src/shared/domain/ids.ts';
import type { ScheduleView } from '../../src/shared/domain/schedule.ts';

const dayMs = 86_400_000;
const nothing: Spent = { tokens: 0, moneyMinor: 0, steps: 0, wallMs: 0, unpricedTokens: 0 };

interface MemoryPlansDeps {
  readonly now: () => number;
  readonly uuid: () => string;
  readonly titleOf: (work: ScheduleView['work']) => string;
  readonly refuse: (code: 'not_found' | 'bad_cron' | 'bad_time_zone') => never;
  readonly schedulesChanged: (schedules: ScheduleView[]) => void;
}

/** Schedules and budgets of the host in memory. */
export function createMemoryPlans({ now, uuid, titleOf, refuse, schedulesChanged }: MemoryPlansDeps) {
  const schedules = new Map<ScheduleId, ScheduleView>();
  const budgets = new Map<string, BudgetView>();
  const spentBy = new Map<string, Spent>();
  const savedBy = new Map<string, ScheduleId>();

  function put(schedule: ScheduleView): ScheduleView {
    schedules.set(schedule.id, schedule);
    schedulesChanged([...schedules.values()]);
    return schedule;
  }

  function times(cron: string, timeZone: string, count: number): number[] {
    try {
      return [...upcoming(readCron(cron, timeZone, now()), now(), count)];
    } catch (error) {
      return refuse(error instanceof EngineError && error.code === 'bad_time_zone' ? 'bad_time_zone' : 'bad_cron');
    }
  }

  function save({ scheduleId: wanted, title, requestKey, ...rest }: CallArgs<'schedules.save'>): ScheduleView {
    const [nextAtMs = null] = times(rest.cron, rest.timeZone, 1);
    const id = wanted ?? savedBy.get(requestKey) ?? null;
    const there = id === null ? null : (schedules.get(id) ?? refuse('not_found'));
    const saved = put({
      ...rest,
      id: there?.id ?? scheduleId.parse(uuid()),
      title: title ?? titleOf(rest.work),
      nextAtMs: rest.enabled ? nextAtMs : null,
      lastRun: there?.lastRun ?? null,
      createdAtMs: there?.createdAtMs ?? now(),
    });
    savedBy.set(requestKey, saved.id);
    return saved;
  }

  return {
    put,
    save,
    list: () => [...schedules.values()],
    times,
    setEnabled(id: ScheduleId, enabled: boolean): ScheduleView {
      const there = schedules.get(id) ?? refuse('not_found');
      return put({ ...there, enabled, nextAtMs: enabled ? (times(there.cron, there.timeZone, 1)[0] ?? null) : null });
    },
    remove(id: ScheduleId): void {
      if (!schedules.delete(id)) refuse('not_found');
      schedulesChanged([...schedules.values()]);
    },
    budgets: () => [...budgets.values()],
    budgetsOf(scope: BudgetView['scope'], subject: string): CallOutput<'budgets.of'> {
      const spent = spentBy.get(subject) ?? nothing;
      const held = [...budgets.values()].filter(
        budget => budget.scope === 'program' || (budget.scope === scope && ['*', subject].includes(budget.subject)),
      );
      return {
        spent,
        spentToday: spent,
        budgets: held.map(budget => ({ ...budget, spent: budget.subject === subject ? spent : budget.spent })),
      };
    },
    /** A chat or a job uses up so much. */
    spend: (subject: string, spent: Spent) => void spentBy.set(subject, spent),
    setBudget({ budget }: CallArgs<'budgets.set'>): CallOutput<'budgets.set'> {
      const key = `${budget.scope}:${budget.subject}:${budget.period}`;
      const isEvery = budget.subject === '*';
      const view: BudgetView = {
        ...budget,
        spent: isEvery ? null : { tokens: 0, moneyMinor: 0, steps: 0, wallMs: 0, unpricedTokens: 0 },
        endsAtMs: budget.period === 'day' ? now() + dayMs : null,
      };
      if (Object.values(budget.limits).every(limit => limit === null)) budgets.delete(key);
      else budgets.set(key, view);
      return { budget: view, resumed: 0 };
    },
  };
}
