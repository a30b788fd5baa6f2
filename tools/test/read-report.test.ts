import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readPlaywrightReport, readVitestReport } from './read-report.ts';

const unreadable = { passed: 0, failures: ['the run left no report that can be read'] };

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'konspekt-report-'));
  path = join(folder, 'report.json');
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

const write = (report: unknown): void => {
  writeFileSync(path, JSON.stringify(report));
};

describe('Vitest', () => {
  const file = (name: string, status: string, tests: readonly string[]) => ({
    name: join(process.cwd(), name),
    status,
    assertionResults: tests.map((test, n) => ({ fullName: `test ${n}`, status: test })),
  });

  test('counts tests and names those that failed', () => {
    write({ numPassedTests: 1, testResults: [file('test/a.test.ts', 'failed', ['passed', 'failed', 'pending'])] });
    expect(readVitestReport(path, 1)).toEqual({ passed: 1, failures: ['test/a.test.ts › test 1'], abandoned: [] });
  });

  test('counts a file that does not load as one failure', () => {
    write({ numPassedTests: 1, testResults: [file('a.test.ts', 'passed', ['passed']), file('b.test.ts', 'failed', [])] });
    expect(readVitestReport(path, 1)).toEqual({ passed: 1, failures: ['b.test.ts did not load'], abandoned: [] });
  });

  test('is not green when the run ended badly, or ran nothing', () => {
    write({ numPassedTests: 1, testResults: [file('a.test.ts', 'passed', ['passed'])] });
    expect(readVitestReport(path, 1)).toEqual({
      passed: 1,
      failures: ['the run ended with exit code 1 although no test failed'],
      abandoned: [],
    });
    write({ numPassedTests: 0, testResults: [] });
    expect(readVitestReport(path, 0)).toEqual({ passed: 0, failures: ['the run had no tests'], abandoned: [] });
  });

  test('tells the files whose process ended under their tests, none of which has failed', () => {
    const crashed = file('a.test.ts', 'failed', ['passed', 'pending']);
    write({ numPassedTests: 3, testResults: [crashed, file('b.test.ts', 'passed', ['passed', 'passed', 'pending'])] });
    const told = {
      passed: 2,
      failures: ['a.test.ts: its process ended before its tests did'],
      abandoned: [join(process.cwd(), 'a.test.ts')],
    };
    expect(readVitestReport(path, 1)).toEqual(told);
    // Beside a failure nothing is run once more: it is red in any case.
    write({ numPassedTests: 1, testResults: [crashed, file('b.test.ts', 'failed', ['failed'])] });
    expect(readVitestReport(path, 1)).toEqual({ passed: 1, failures: ['b.test.ts › test 0'], abandoned: [] });
  });

  test('is not green without a report', () => {
    expect(readVitestReport(path, 0)).toEqual({ ...unreadable, abandoned: [] });
    writeFileSync(path, '{"numPassedTests": 4');
    expect(readVitestReport(path, 0)).toEqual({ ...unreadable, abandoned: [] });
  });
});

describe('Playwright', () => {
  const spec = (title: string, status: string) => ({ title, tests: [{ status, projectName: 'desktop' }] });

  test('counts tests, and names those that failed or passed only when repeated', () => {
    const inner = { title: 'the tray', specs: [spec('quits', 'flaky'), spec('waits', 'skipped')] };
    const suites = [{ title: 'e2e/tray.spec.ts', specs: [spec('opens', 'expected'), spec('closes', 'unexpected')], suites: [inner] }];
    write({ stats: { expected: 1 }, errors: [], suites });
    expect(readPlaywrightReport(path, 1)).toEqual({
      passed: 1,
      failures: ['[desktop] e2e/tray.spec.ts › closes', '[desktop] e2e/tray.spec.ts › the tray › quits (passed when repeated)'],
    });
  });

  test('counts what went wrong outside the tests', () => {
    write({ stats: { expected: 0 }, errors: [{ message: 'No tests found\n  at here' }], suites: [] });
    expect(readPlaywrightReport(path, 1)).toEqual({ passed: 0, failures: ['No tests found'] });
  });

  test('is not green without a report', () => {
    expect(readPlaywrightReport(path, 0)).toEqual(unreadable);
  });
});
