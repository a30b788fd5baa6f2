/** What of a step of a recipe can be changed by hand. */
export const stepFields = ['url', 'text', 'option', 'key', 'dialog', 'ms', 'path', 'words', 'address', 'rows', 'target'] as const;
export type StepField = (typeof stepFields)[number];

/** Steps that can be added to a recipe by hand; the others are recorded. */
export const addedSteps = ['open', 'wait', 'assert', 'read'] as const;
export type AddedStep = (typeof addedSteps)[number];

/** What saved recipes are about: their parameters, their steps, their times, and why one has stopped. */
export interface RecipeMessages {
  readonly recipes: {
    readonly offered: string;
    readonly offeredHint: string;
    readonly asParam: (value: string) => string;
    readonly paramName: (value: string) => string;
    readonly badName: string;
    readonly takenName: string;
    readonly secrets: (names: string) => string;
    readonly lost: (count: number) => string;
    readonly secretHint: string;

    readonly atTimes: string;
    readonly atTimesOf: (name: string) => string;
    readonly edit: string;
    readonly editOf: (name: string) => string;
    readonly sites: string;
    readonly sitesHint: string;
    readonly usualOf: (param: string) => string;
    readonly step: (number: number) => string;
    readonly why: string;
    readonly field: Readonly<Record<StepField, string>>;
    readonly up: (number: number) => string;
    readonly down: (number: number) => string;
    readonly remove: (number: number) => string;
    readonly add: string;
    readonly added: Readonly<Record<AddedStep, string>>;
    /** What a new step is about until the person writes it. */
    readonly newWords: string;
    readonly save: string;
    readonly changed: (name: string) => string;

    readonly stoppedAt: (number: number) => string;
    readonly expected: string;
    readonly seen: string;
    readonly cure: string;
    readonly toSettings: string;
    readonly mayBeEmpty: string;
    readonly mend: string;
    readonly makeSynopsis: string;

    /** Of a schedule. */
    readonly scheduled: (title: string) => string;
    readonly newTitle: string;
    readonly which: string;
    readonly gone: string;
    readonly showRun: string;
  };
}
