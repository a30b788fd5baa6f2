import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Counts } from './counts.ts';

/** The part of Vitest's JSON report that is counted (its JSON reporter writes Jest's shape). */
const vitestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.unknown()) })),
});

/** The part of Playwright's JSON report that is counted (`JSONReport` in its reporter types). */
const playwrightReport = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number() }),
  errors: z.array(z.unknown()),
});

const countVitest = (report: z.infer<typeof vitestReport>): Counts => {
  // A file that does not load has no tests to fail; it is one failure itself.
  const unloaded = report.testResults.filter(file => file.status === 'failed' && file.assertionResults.length === 0).length;
  return { passed: report.numPassedTests, failed: report.numFailedTests + unloaded };
};

const countPlaywright = ({ stats, errors }: z.infer<typeof playwrightReport>): Counts => ({
  passed: stats.expected,
  // A test that passed only when repeated has failed.
  failed: stats.unexpected + stats.flaky + errors.length,
});

const readJson = (path: string): unknown => {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
};

/** A run that ended badly without a failed test (a crash, a leak, no tests at all) is one failure, never a green zero. */
const atLeastTheExitCode = (counts: Counts, exitCode: number): Counts =>
  counts.failed === 0 && (exitCode !== 0 || counts.passed === 0) ? { ...counts, failed: 1 } : counts;

/** What the runner's report and its exit code say together; a missing or unreadable report is a failure. */
export const readVitestReport = (path: string, exitCode: number): Counts => {
  const report = vitestReport.safeParse(readJson(path));
  return report.success ? atLeastTheExitCode(countVitest(report.data), exitCode) : { passed: 0, failed: 1 };
};

export const readPlaywrightReport = (path: string, exitCode: number): Counts => {
  const report = playwrightReport.safeParse(readJson(path));
  return report.success ? atLeastTheExitCode(countPlaywright(report.data), exitCode) : { passed: 0, failed: 1 };
};
