import type { BudgetPeriod, BudgetScope, BudgetUnit } from '../../shared/domain/budget.ts';
import type { JobKindName } from '../../shared/domain/job.ts';
import type { EffectOutcome, JobStepView, StepDecision } from '../../shared/domain/job-step.ts';
import type { MissedPolicy, ScheduleOutcome } from '../../shared/domain/schedule.ts';

/** A type of a line in a job's log; one the window does not know is shown by its name. */
type TrailType =
  | 'enqueued'
  | 'scheduled'
  | 'started'
  | 'step'
  | 'dispatched'
  | 'not_done'
  | 'undoing'
  | 'undone'
  | 'superseded'
  | 'decided'
  | 'forked'
  | 'forked_from'
  | 'lost'
  | 'returned'
  | 'lease_lost'
  | 'cancelling'
  | 'done'
  | 'failed'
  | 'cancelled'
  | 'waiting'
  | 'resumed'
  | 'wait_expired'
  | 'held'
  | 'retry'
  | 'due'
  | 'retried_by_hand';

/** What a person is asked: of an effect, of an effect of a job that is being undone, of an undoing that failed. */
export type Question = 'effect' | 'effectWhileUndoing' | 'compensation';

interface Choice {
  readonly label: string;
  /** What the button will do. */
  readonly meaning: string;
}

/** How often: the times a person thinks in, and the expression for all others. */
export type Rhythm = 'weekdays' | 'daily' | 'weekly' | 'monthly' | 'cron';

/** Sentences about the job engine: the queue, the inspector, schedules, budgets. */
export interface EngineMessages {
  readonly queue: {
    readonly pause: string;
    /** What becomes of the tasks at a pause of the queue: nothing is broken off. */
    readonly pauseMeans: string;
    readonly pauseKinds: string;
    readonly pausesKinds: string;
    readonly kinds: Readonly<Record<JobKindName, string>>;
    readonly paused: string;
    /** After `paused` or `pausedKinds`: how many of them are still at work. */
    readonly stillRuns: (count: number) => string;
    readonly pausedKinds: (kinds: string) => string;
    /** What a pause of some kinds leaves alone. */
    readonly othersGoOn: string;
    readonly resume: string;
    readonly resumeKinds: string;
    readonly row: (kind: string, title: string, words: string) => string;
    readonly stop: (title: string) => string;
    readonly retry: (title: string) => string;
    readonly tryNow: (title: string) => string;
    readonly open: (title: string) => string;
    readonly keysHint: string;
    readonly nearer: string;
    readonly heldByPause: string;
    readonly heldByKind: (kind: string) => string;
    readonly heldByDisk: string;
    readonly heldByWorker: (when: string | null) => string;
    readonly nextTry: (at: number, of: number, when: string) => string;
    readonly waitsForDecision: string;
    readonly undoing: Readonly<Record<'failed' | 'cancelled', string>>;
    readonly notAllUndone: string;
    readonly workers: string;
    readonly announceResumed: string;
  };
  readonly inspector: {
    readonly id: string;
    readonly priority: string;
    /** Of a queued job: its own, what it counts for by now, since when it waits. */
    readonly priorityNow: (own: string, now: string, since: string) => string;
    readonly begins: string;
    readonly copyId: string;
    readonly idCopied: string;
    readonly chat: string;
    readonly retryFrom: string;
    readonly retryFromHint: string;
    readonly fork: string;
    readonly forkHint: string;
    readonly stepMenu: (step: number) => string;
    readonly forked: string;
    readonly forkJoined: string;
    readonly attemptOf: (attempt: number) => string;
    readonly stepPlan: string;
    readonly stepSetup: string;
    /** The number of the first page. */
    readonly stepPages: (first: string | null) => string;
    readonly stepFile: (title: string | null) => string;
    readonly undoOf: (step: string) => string;
    readonly effect: Readonly<Record<Exclude<JobStepView['effect'], 'none'>, string>>;
    readonly outcome: Readonly<Record<EffectOutcome | 'in_flight', string>>;
    readonly undo: Readonly<Record<NonNullable<JobStepView['undo']>, string>>;
    readonly decided: Readonly<Record<StepDecision, string>>;
    readonly superseded: (count: number) => string;
    readonly supersededRun: (run: number, when: string) => string;
    readonly question: string;
    readonly asksFile: (title: string | null, folder: string) => string;
    readonly asksStep: Readonly<Record<Question, (step: string) => string>>;
    /** Leads to the question. */
    readonly toQuestion: string;
    /** What a browser has sent to a site nothing takes back. */
    readonly dropInBrowser: string;
    readonly since: (when: string) => string;
    readonly choice: Readonly<Record<Question, Readonly<Record<StepDecision, Choice>>>>;
    readonly undoTitle: string;
    readonly undoProgress: (done: number, total: number) => string;
    readonly undoLeft: (count: number) => string;
    readonly spent: string;
    readonly priceUnknown: string;
    readonly spending: string;
    readonly changeBudgets: string;
    readonly related: string;
    readonly parent: string;
    readonly children: string;
    readonly forkedFrom: string;
    readonly forks: string;
    readonly unknownJob: string;
    readonly trail: Readonly<Record<TrailType, string>>;
    readonly supersededSteps: (steps: string) => string;
    readonly withDetail: (sentence: string, detail: string) => string;
    readonly againTitle: string;
    readonly againLead: string;
    readonly againConfirm: string;
    readonly cancel: string;
  };
  readonly schedules: {
    readonly title: string;
    readonly ofChat: string;
    readonly empty: string;
    readonly emptyLead: string;
    readonly onlyWhileOpen: string;
    readonly add: string;
    readonly edit: string;
    readonly save: string;
    readonly back: string;
    readonly newTitle: string;
    readonly editTitle: string;
    readonly sentence: (title: string) => string;
    readonly chat: string;
    readonly rhythm: string;
    readonly rhythmName: Readonly<Record<Rhythm, string>>;
    readonly at: string;
    readonly weekday: string;
    readonly monthDay: string;
    readonly monthDayName: (day: number) => string;
    readonly cron: string;
    readonly cronHint: string;
    readonly badTime: string;
    readonly timeZone: string;
    readonly missed: string;
    readonly missedName: Readonly<Record<MissedPolicy, string>>;
    readonly preview: string;
    readonly weekdaysAt: (time: string) => string;
    readonly dailyAt: (time: string) => string;
    readonly weeklyAt: (day: string, time: string) => string;
    readonly monthlyAt: (day: number, time: string) => string;
    readonly cronAt: (cron: string) => string;
    readonly inZone: (sentence: string, zone: string) => string;
    readonly next: (when: string) => string;
    readonly off: string;
    readonly never: string;
    readonly last: (when: string, outcome: string) => string;
    readonly notYet: string;
    readonly outcome: Readonly<Record<ScheduleOutcome, string>>;
    readonly showJob: string;
    readonly enabled: (title: string) => string;
    readonly menu: (title: string) => string;
    readonly saved: (when: string) => string;
    readonly removed: (title: string) => string;
  };
  readonly budgets: {
    readonly title: string;
    readonly lead: string;
    readonly empty: string;
    readonly add: string;
    readonly save: string;
    readonly cancel: string;
    readonly remove: (what: string) => string;
    readonly scope: string;
    readonly scopeName: Readonly<Record<BudgetScope, string>>;
    readonly every: Readonly<Record<Exclude<BudgetScope, 'program'>, string>>;
    readonly one: Readonly<Record<Exclude<BudgetScope, 'program'>, (name: string) => string>>;
    readonly provider: string;
    readonly period: string;
    readonly periodName: Readonly<Record<BudgetPeriod, string>>;
    readonly unit: string;
    readonly unitName: Readonly<Record<BudgetUnit, string>>;
    readonly most: string;
    readonly amount: Readonly<Record<BudgetUnit, (amount: string, count: number) => string>>;
    /** A limit on time that is shorter than a minute. */
    readonly seconds: (amount: string) => string;
    /** Tokens whose price nobody knows. */
    readonly unpriced: (tokens: string, count: number) => string;
    readonly line: (whose: string, amount: string, period: BudgetPeriod) => string;
    readonly used: (amount: string) => string;
    readonly until: (when: string) => string;
    readonly removed: string;
    readonly saved: (resumed: number) => string;
    readonly badAmount: string;
    readonly thisJob: string;
    /** Seen from a part of it. */
    readonly wholeTask: string;
    readonly thisChat: string;
  };
  readonly exportAll: {
    readonly label: string;
    readonly started: (count: number, folder: string) => string;
  };
}
