import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readPlaywrightReport, readVitestReport } from './read-report.ts';

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
  const file = (status: string, tests: number) => ({ status, assertionResults: Array.from({ length: tests }, () => ({})) });

  test('counts tests', () => {
    write({ numPassedTests: 4, numFailedTests: 1, testResults: [file('failed', 5)] });
    expect(readVitestReport(path, 1)).toEqual({ passed: 4, failed: 1 });
  });

  test('counts a file that does not load as one failure', () => {
    write({ numPassedTests: 4, numFailedTests: 0, testResults: [file('passed', 4), file('failed', 0)] });
    expect(readVitestReport(path, 1)).toEqual({ passed: 4, failed: 1 });
  });

  test('is not green when the run ended badly, or ran nothing', () => {
    write({ numPassedTests: 4, numFailedTests: 0, testResults: [file('passed', 4)] });
    expect(readVitestReport(path, 1)).toEqual({ passed: 4, failed: 1 });
    write({ numPassedTests: 0, numFailedTests: 0, testResults: [] });
    expect(readVitestReport(path, 0)).toEqual({ passed: 0, failed: 1 });
  });

  test('is not green without a report', () => {
    expect(readVitestReport(path, 0)).toEqual({ passed: 0, failed: 1 });
    writeFileSync(path, '{"numPassedTests": 4');
    expect(readVitestReport(path, 0)).toEqual({ passed: 0, failed: 1 });
  });
});

describe('Playwright', () => {
  test('counts tests, and one that passed only when repeated as a failure', () => {
    write({ stats: { expected: 7, unexpected: 1, flaky: 1 }, errors: [] });
    expect(readPlaywrightReport(path, 1)).toEqual({ passed: 7, failed: 2 });
  });

  test('counts what went wrong outside the tests', () => {
    write({ stats: { expected: 0, unexpected: 0, flaky: 0 }, errors: [{ message: 'No tests found' }] });
    expect(readPlaywrightReport(path, 1)).toEqual({ passed: 0, failed: 1 });
  });

  test('is not green without a report', () => {
    expect(readPlaywrightReport(path, 0)).toEqual({ passed: 0, failed: 1 });
  });
});
