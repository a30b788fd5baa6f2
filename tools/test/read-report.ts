import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { z } from 'zod';
import type { Counts } from './counts.ts';

/** The part of Vitest's JSON report that is counted (its JSON reporter writes Jest's shape). */
const vitestReport = z.object({
  numPassedTests: z.number(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      assertionResults: z.array(z.object({ fullName: z.string(), status: z.string() })),
    }),
  ),
});

/** A suite of Playwright's JSON report: a file, or a group of tests inside one. */
const playwrightSuite = z.object({
  title: z.string(),
  specs: z.array(z.object({ title: z.string(), tests: z.array(z.object({ status: z.string(), projectName: z.string() })) })),
  get suites() {
    return z.array(playwrightSuite).optional();
  },
});

/** The part of Playwright's JSON report that is counted (`JSONReport` in its reporter types). */
const playwrightReport = z.object({
  suites: z.array(playwrightSuite),
  stats: z.object({ expected: z.number() }),
  errors: z.array(z.object({ message: z.string().optional() })),
});

const countVitest = (report: z.infer<typeof vitestReport>): Counts => ({
  passed: report.numPassedTests,
  failures: report.testResults.flatMap(file => {
    const path = relative(process.cwd(), file.name);
    // A file that does not load has no tests to fail; it is one failure itself.
    if (file.status === 'failed' && file.assertionResults.length === 0) return [`${path} did not load`];
    return file.assertionResults.filter(({ status }) => status === 'failed').map(({ fullName }) => `${path} › ${fullName}`);
  }),
});

/** A test that passed only when repeated has failed. */
const failedStatuses: ReadonlySet<string> = new Set(['unexpected', 'flaky']);

const failuresOf = (suite: z.infer<typeof playwrightSuite>, above: string): readonly string[] => {
  const path = above === '' ? suite.title : `${above} › ${suite.title}`;
  return [
    ...suite.specs.flatMap(spec =>
      spec.tests
        .filter(({ status }) => failedStatuses.has(status))
        .map(({ status, projectName }) => `[${projectName}] ${path} › ${spec.title}${status === 'flaky' ? ' (passed when repeated)' : ''}`),
    ),
    ...(suite.suites ?? []).flatMap(inner => failuresOf(inner, path)),
  ];
};

const countPlaywright = ({ suites, stats, errors }: z.infer<typeof playwrightReport>): Counts => ({
  passed: stats.expected,
  failures: [
    ...suites.flatMap(suite => failuresOf(suite, '')),
    ...errors.map(({ message }) => message?.split('\n')[0] ?? 'an error outside the tests'),
  ],
});

const readJson = (path: string): unknown => {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
};

/** A run that ended badly without a failed test (a crash, a leak, no tests at all) is one failure, never a green zero. */
const atLeastTheExitCode = (counts: Counts, exitCode: number): Counts => {
  if (counts.failures.length > 0 || (exitCode === 0 && counts.passed > 0)) return counts;
  const what = exitCode === 0 ? 'the run had no tests' : `the run ended with exit code ${exitCode} although no test failed`;
  return { ...counts, failures: [what] };
};

const noReport: Counts = { passed: 0, failures: ['the run left no report that can be read'] };

/** Files whose process was gone before their tests were: none of them failed, and some were never told of. */
const abandonedIn = (report: z.infer<typeof vitestReport>) =>
  report.testResults
    .filter(({ status, assertionResults }) => status === 'failed' && assertionResults.every(each => each.status !== 'failed'))
    .filter(({ assertionResults }) => assertionResults.some(({ status }) => status === 'pending'));

/**
 * What the runner's report and its exit code say together; a missing or unreadable report is a failure. `abandoned` are the files
 * whose process ended under them, when nothing but that went wrong; they are among the failures, too.
 */
export const readVitestReport = (path: string, exitCode: number): Counts & { readonly abandoned: readonly string[] } => {
  const report = vitestReport.safeParse(readJson(path));
  if (!report.success) return { ...noReport, abandoned: [] };
  const abandoned = abandonedIn(report.data);
  const counts = countVitest(report.data);
  if (abandoned.length === 0 || counts.failures.length > 0) return { ...atLeastTheExitCode(counts, exitCode), abandoned: [] };
  const passedInThem = abandoned.flatMap(file => file.assertionResults).filter(({ status }) => status === 'passed').length;
  const names = abandoned.map(({ name }) => name);
  return {
    // All of them are to be run again.
    passed: counts.passed - passedInThem,
    failures: names.map(name => `${relative(process.cwd(), name)}: its process ended before its tests did`),
    abandoned: names,
  };
};

export const readPlaywrightReport = (path: string, exitCode: number): Counts => {
  const report = playwrightReport.safeParse(readJson(path));
  return report.success ? atLeastTheExitCode(countPlaywright(report.data), exitCode) : noReport;
};
