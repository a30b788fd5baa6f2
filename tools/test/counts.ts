/** How checks or tests ended. A failure is counted by its name: there is none that cannot be told. */
export interface Counts {
  readonly passed: number;
  /** What failed, a line each. */
  readonly failures: readonly string[];
}

export const none: Counts = { passed: 0, failures: [] };

export const add = (a: Counts, b: Counts): Counts => ({ passed: a.passed + b.passed, failures: [...a.failures, ...b.failures] });

/** The names of what failed and then, alone at the end, the line a machine reads. */
export const summary = ({ passed, failures }: Counts): string =>
  [...failures.map(name => `FAILED  ${name}`), `${passed} passed, ${failures.length} failed`].join('\n');
