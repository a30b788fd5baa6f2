import type { BudgetPeriod } from '../../shared/domain/budget.ts';
import type { FinalJobState, NarrowPlace, WaitEnd } from '../../shared/domain/job-state.ts';
import type { Hold } from './wait-words.ts';

/** Who or what ends a wait: a person's leave, which is a no when nobody gives it, their answer, the world outside, or the end of a day. */
export type Awaited = 'leave' | 'answer' | 'world' | 'budget';

/** Sentences about the list of tasks, about waiting and about the limits of one chat or task. */
export interface PanelMessages {
  readonly panel: {
    readonly filters: string;
    readonly all: string;
    readonly noneIn: (group: string) => string;
    readonly groupKeys: string;
    readonly stopped: (title: string) => string;
    readonly stopping: (title: string) => string;
    readonly announceShown: (group: string, count: number) => string;
    readonly announceNeedsYou: (title: string) => string;
    readonly announceEnded: Readonly<Record<FinalJobState, (title: string) => string>>;
    readonly pausedKinds: (kinds: string) => string;
    readonly toolCalls: (count: number) => string;
    readonly toolFailed: string;
    readonly toolUnanswered: string;
  };
  readonly waits: {
    /** How the wait ends by itself, after the reason and a comma. */
    readonly ends: Readonly<Record<Awaited, Readonly<Record<WaitEnd, (when: string) => string>>>>;
    readonly heldBy: Readonly<Record<NarrowPlace, string>>;
    readonly browsersTaken: string;
    readonly documents: string;
    readonly login: string;
    readonly limitOfToday: string;
    /** What a person may want to know beyond the reason. */
    readonly meaning: Readonly<Record<Exclude<Hold['why'], 'narrow'>, string>> & {
      readonly narrow: Readonly<Record<NarrowPlace, string>>;
    };
    readonly label: string;
    readonly lookNow: string;
    readonly openChat: string;
    readonly showSources: string;
    readonly changeLimit: string;
    readonly resumeQueue: string;
    readonly resumeKind: (kind: string) => string;
    readonly showHealth: string;
    readonly browserSettings: string;
    readonly lookedAgain: string;
  };
  readonly limits: {
    readonly ofChat: string;
    readonly ofJob: string;
    readonly none: string;
    readonly title: Readonly<Record<'session' | 'job', (title: string) => string>>;
    readonly own: Readonly<Record<'session' | 'job', string>>;
    readonly line: (amount: string, period: BudgetPeriod) => string;
    readonly noneOwn: string;
    readonly alsoHold: string;
    readonly inSettings: string;
    readonly used: string;
    readonly usedToday: (amounts: string) => string;
    readonly nothingUsed: string;
    readonly whatHappens: string;
    readonly change: (limit: string) => string;
  };
}
