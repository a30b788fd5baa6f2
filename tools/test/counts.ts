/** How many checks or tests passed and failed. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
}

export const none: Counts = { passed: 0, failed: 0 };

export const add = (a: Counts, b: Counts): Counts => ({ passed: a.passed + b.passed, failed: a.failed + b.failed });

/** The line a machine reads: it stands alone, at the end. */
export const summary = ({ passed, failed }: Counts): string => `${passed} passed, ${failed} failed`;
