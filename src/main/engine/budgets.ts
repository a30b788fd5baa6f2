/**
 * # Budgets
 *
 * What a job uses up is charged to the job, its session, its provider and the program, each by calendar day. A step is
 * charged in the transaction that records it and the rest of an attempt in the one that settles it, so a crash neither
 * forgets a charge that stands nor repeats it. Tokens and money are what the worker says, time is what main measures, in
 * time awake.
 *
 * A job that is a part of another is charged to that one, too, and to all above it: what a task allows, it allows with all
 * of its parts. So a budget of every job holds for the whole of a task, and no part has another one for itself.
 *
 * A budget that is **exceeded** (spent is at its limit or beyond) parks the job with the reason `budget`: before an attempt
 * begins, after a step, or when the time that is left runs out. A budget of a day lets it go on when the day ends, across
 * restarts as every wait; any other when somebody raises it. A step that is under way when the limit is passed is not undone:
 * a budget is overdrawn by what one step of each running job costs at most.
 *
 * A model whose price nobody knows is charged in tokens, and how many of them had no price is counted beside the money, so that
 * a sum that lacks something says so.
 *
 * Tokens and money are counted from the first day. Steps and time are counted only where a limit on them applies, so that a
 * job that nobody limits writes nothing.
 */
import type { BudgetScope, BudgetUnit, BudgetView, Spent, Usage } from '../../shared/domain/budget.ts';
import { budgetUnits, everySubject } from '../../shared/domain/budget.ts';
import type { JobId, SessionId } from '../../shared/domain/ids.ts';
import type { BudgetStore, StoredBudget } from './budget-store.ts';
import type { Clock } from './clock.ts';
import { readCron } from './cron.ts';
import type { Turn } from './group-commit.ts';
import type { Wait } from './park-job.ts';

/** Whose spending it is. */
export interface Spender {
  /** Null for what is no job's. */
  readonly id: JobId | null;
  readonly sessionId: SessionId | null;
  readonly provider: string | null;
  /** The jobs that it is a part of, the nearest first. */
  readonly partOf: readonly JobId[];
}

/** What is charged: a scope, its subject, and whether a budget of every subject holds for it. */
interface Charged {
  readonly scope: BudgetScope;
  readonly subject: string;
  readonly isWhole: boolean;
}

/** Counts what one attempt uses up. */
export interface Meter {
  /** In transaction: charges this, the time since the charge before, and so many recorded steps. */
  charge(turn: Pick<Turn, 'afterCommit'>, usage: Usage | null, steps: number): void;
  /** Why the job has to wait; null when it may go on. */
  exceeded(): Wait | null;
  /** How much time awake is left, and what the job waits for when it is over; null without a limit on it. */
  wallLeft(): { readonly ms: number; readonly wait: Wait } | null;
}

/** A budget and the subject whose spending counts. */
interface Holding {
  readonly budget: StoredBudget;
  readonly subject: string;
}

/** What a subject has spent, over all and in the day at hand, and the budgets that hold for it. */
interface Holdings {
  readonly spent: Spent;
  readonly spentToday: Spent;
  readonly budgets: readonly BudgetView[];
}

export type Budgets = ReturnType<typeof createBudgets>;

const everyMidnight = '0 0 * * *';
const nothing: Spent = { tokens: 0, moneyMinor: 0, steps: 0, wallMs: 0, unpricedTokens: 0 };

export function createBudgets(deps: {
  readonly store: BudgetStore;
  readonly clock: Pick<Clock, 'nowMs' | 'afterTurn'>;
  /** Whose midnight ends a day. */
  readonly timeZone: string;
}) {
  const { store, clock } = deps;
  /** Asked for with every job and hardly ever changed; null until the database was asked. */
  let known: readonly StoredBudget[] | null = null;
  let day: { readonly startsAtMs: number; readonly endsAtMs: number } | null = null;

  const budgets = (): readonly StoredBudget[] => (known ??= store.budgets());

  function dayEndsAtMs(): number {
    const nowMs = clock.nowMs();
    if (day === null || nowMs < day.startsAtMs || nowMs >= day.endsAtMs) {
      const midnights = readCron(everyMidnight, deps.timeZone, nowMs);
      const endsAtMs = midnights.next(nowMs);
      if (endsAtMs === null) throw new Error(`No day ends after ${nowMs} in ${deps.timeZone}.`);
      day = { startsAtMs: midnights.last(nowMs) ?? nowMs, endsAtMs };
    }
    return day.endsAtMs;
  }

  function chargedFor({ id, sessionId, provider, partOf }: Spender): readonly Charged[] {
    const family = id === null ? [] : [id, ...partOf];
    return [
      ...family.map((subject, at): Charged => ({ scope: 'job', subject, isWhole: at === family.length - 1 })),
      ...(sessionId === null ? [] : [{ scope: 'session', subject: sessionId, isWhole: true } as const]),
      ...(provider === null ? [] : [{ scope: 'provider', subject: provider, isWhole: true } as const]),
      { scope: 'program', subject: '', isWhole: true },
    ];
  }

  function holdingFor(charged: readonly Charged[]): readonly Holding[] {
    const all = budgets();
    if (all.length === 0) return [];
    return charged.flatMap(({ scope, subject, isWhole }) => {
      const own = all.filter(budget => budget.scope === scope && budget.subject === subject);
      const general = all.filter(
        budget =>
          isWhole && budget.scope === scope && budget.subject === everySubject && !own.some(({ period }) => period === budget.period),
      );
      return [...own, ...general].map(budget => ({ budget, subject }));
    });
  }

  function spentOf(budget: StoredBudget, subject: string): Spent {
    return store.spent(budget.scope, subject, budget.period === 'day' ? dayEndsAtMs() : null);
  }

  function waitFor(spender: Spender, { budget, subject }: Holding, unit: BudgetUnit): Wait {
    const spent = spentOf(budget, subject)[unit];
    return {
      reason: 'budget',
      // Of a task's own limit the task is named: a part of it waits for the limit of the whole.
      detail: {
        scope: budget.scope,
        subject: budget.scope === 'job' ? subject : budget.subject,
        period: budget.period,
        unit,
        limit: budget.limits[unit],
        spent,
      },
      expiresAtMs: budget.period === 'day' ? dayEndsAtMs() : null,
      onExpiry: 'resume',
      isOver: () => waitOf(spender) === null,
    };
  }

  /** The wait of a job that may not go on: for what never ends by itself, else for the end of the day. */
  function waitOf(spender: Spender): Wait | null {
    const [first] = holdingFor(chargedFor(spender))
      .flatMap(holding => {
        const spent = spentOf(holding.budget, holding.subject);
        const unit = budgetUnits.find(each => isReached(holding.budget, each, spent));
        return unit === undefined ? [] : { holding, unit };
      })
      .sort((a, b) => Number(a.holding.budget.period === 'day') - Number(b.holding.budget.period === 'day'));
    return first === undefined ? null : waitFor(spender, first.holding, first.unit);
  }

  function wallLeft(spender: Spender): { readonly ms: number; readonly wait: Wait } | null {
    const [least] = holdingFor(chargedFor(spender))
      .flatMap(holding => {
        const limit = holding.budget.limits.wallMs;
        return limit === null ? [] : { holding, ms: Math.max(0, limit - spentOf(holding.budget, holding.subject).wallMs) };
      })
      .sort((a, b) => a.ms - b.ms);
    return least === undefined ? null : { ms: least.ms, wait: waitFor(spender, least.holding, 'wallMs') };
  }

  function charge(spender: Spender, more: Spent): void {
    const held = more.wallMs > 0 || more.steps > 0 ? holdingFor(chargedFor(spender)) : [];
    const isLimited = (unit: BudgetUnit): boolean => held.some(({ budget }) => budget.limits[unit] !== null);
    const counted = { ...more, steps: isLimited('steps') ? more.steps : 0, wallMs: isLimited('wallMs') ? more.wallMs : 0 };
    if (budgetUnits.every(unit => counted[unit] === 0)) return;
    // Read once: a charge belongs to one day, also when midnight comes between two of its rows.
    const endsAtMs = dayEndsAtMs();
    for (const { scope, subject } of chargedFor(spender)) store.add(scope, subject, endsAtMs, counted);
  }

  /** A budget as it holds for this subject; `*` for all together. */
  function viewOf(budget: StoredBudget, subject: string): BudgetView {
    return {
      ...budget,
      spent: subject === everySubject ? null : spentOf(budget, subject),
      endsAtMs: budget.period === 'day' ? dayEndsAtMs() : null,
    };
  }

  function viewsOf(held: readonly Holding[]): readonly BudgetView[] {
    return held.map(({ budget, subject }) => viewOf(budget, subject));
  }

  function spentBy(scope: BudgetScope, subject: string): { readonly spent: Spent; readonly spentToday: Spent } {
    return { spent: store.spent(scope, subject, null), spentToday: store.spent(scope, subject, dayEndsAtMs()) };
  }

  function spenderOf(id: JobId): Spender | null {
    const belongings = store.belongings(id);
    return belongings === null ? null : { id, ...belongings, partOf: store.ancestors(id) };
  }

  return {
    /** `elapsedMs`: how long the attempt has been at work, awake. */
    meter(job: Omit<Spender, 'partOf'> & { readonly id: JobId; readonly parentId: JobId | null }, elapsedMs: () => number): Meter {
      // Most jobs are nobody's part, and are not asked about.
      const spender = { ...job, partOf: job.parentId === null ? [] : store.ancestors(job.id) };
      let chargedMs = 0;
      return {
        charge(turn, usage, steps) {
          const untilMs = elapsedMs();
          charge(spender, {
            ...nothing,
            ...usage,
            unpricedTokens: usage?.unpricedTokens ?? 0,
            steps,
            wallMs: Math.max(0, Math.round(untilMs - chargedMs)),
          });
          // A transaction that is undone is run again, and charges again.
          turn.afterCommit(() => {
            chargedMs = untilMs;
          });
        },
        exceeded: () => waitOf(spender),
        wallLeft: () => wallLeft(spender),
      };
    },
    /** In transaction: what a provider was asked for without a job. */
    chargeWithoutJob(provider: string, usage: Usage): void {
      charge({ id: null, sessionId: null, provider, partOf: [] }, { ...nothing, ...usage, unpricedTokens: usage.unpricedTokens ?? 0 });
    },
    /** In transaction: what turns out to have been used up for a job after it has ended. */
    chargeEnded(id: JobId, usage: Usage): void {
      const spender = spenderOf(id);
      if (spender !== null) charge(spender, { ...nothing, ...usage, unpricedTokens: usage.unpricedTokens ?? 0 });
    },
    list: (): readonly BudgetView[] => budgets().map(budget => viewOf(budget, budget.subject)),
    /** In transaction. Limits that are all null take the budget away. */
    set(budget: StoredBudget): BudgetView {
      store.put(budget, clock.nowMs());
      known = null;
      // What was read inside the transaction may not stand.
      clock.afterTurn(() => {
        known = null;
      });
      return viewOf(budget, budget.subject);
    },
    /** Whether a budget still keeps this job from going on. */
    holdsUp(id: JobId): boolean {
      const spender = spenderOf(id);
      return spender !== null && waitOf(spender) !== null;
    },
    /** The budgets that hold for a job, and what it has spent with its parts; null when there is no such job. */
    ofJob(id: JobId): Holdings | null {
      const spender = spenderOf(id);
      return spender === null ? null : { ...spentBy('job', id), budgets: viewsOf(holdingFor(chargedFor(spender))) };
    },
    /** The same for a chat, with the budgets of every job as they are for a job of it that has spent nothing. */
    ofSession(id: SessionId): Holdings {
      const held = holdingFor([
        { scope: 'job', subject: everySubject, isWhole: true },
        { scope: 'session', subject: id, isWhole: true },
        { scope: 'program', subject: '', isWhole: true },
      ]);
      return { ...spentBy('session', id), budgets: viewsOf(held) };
    },
  };
}

function isReached({ limits }: StoredBudget, unit: BudgetUnit, spent: Spent): boolean {
  const limit = limits[unit];
  return limit !== null && spent[unit] >= limit;
}
