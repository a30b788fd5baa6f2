/** What a suite is given. */
export interface SuiteContext {
  /** Numbers in [0, 1) that are the same for the same seed. */
  readonly random: () => number;
  /** Asked between two runs: false once the time of the suite is over. A short suite is never asked to stop. */
  readonly goesOn: () => boolean;
  /** The short version of `npm test`, or the long one of `npm run chaos`. */
  readonly effort: 'short' | 'long';
}

export interface SuiteResult {
  /** Stories, points, behaviours or whatever the suite tells apart. */
  readonly scenarios: number;
  readonly runs: number;
  /** One line each, with what is needed to see it again; empty when the suite is green. */
  readonly failures: readonly string[];
  /** What a reader wants to know besides: counts and times with their units. */
  readonly figures: Readonly<Record<string, number | string>>;
}

/** One of the numbered suites, or a part of one. */
export interface Suite {
  readonly number: number;
  readonly name: string;
  readonly proves: string;
  /** Told in this process alone with a clock of its own, or with the machine's time and processes. */
  readonly needs: 'memory' | 'machine';
  run(context: SuiteContext): Promise<SuiteResult>;
}

export function pick<T>(random: () => number, from: readonly T[]): T {
  const chosen = from[Math.floor(random() * from.length)];
  if (chosen === undefined) throw new Error('There is nothing to pick from.');
  return chosen;
}
