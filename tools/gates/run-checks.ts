import { join } from 'node:path';
import { root as projectRoot } from '../bootstrap/root.mjs';
import { runQuietly } from '../bootstrap/run-quietly.mjs';
import type { Check } from './gates.ts';

/** A check and what came of it. */
export interface CheckResult {
  readonly name: string;
  readonly passed: boolean;
  readonly log: string;
}

/** Two at a time: the checkers are threaded themselves, and more at once only swells memory. */
const PARALLEL_CHECKS = 2;

/** Runs the checks in `folder` (the project's own, or a copy a test has made); reports each as it ends. */
export const runChecks = async (
  checks: readonly Check[],
  folder: string,
  onResult: (result: CheckResult) => void,
): Promise<readonly CheckResult[]> => {
  const results: CheckResult[] = [];
  const waiting = [...checks];
  const lane = async (): Promise<void> => {
    for (let check = waiting.shift(); check; check = waiting.shift()) {
      const [script, ...parameters] = check.command;
      const { code, log } = await runQuietly(process.execPath, [join(projectRoot, script), ...parameters], {
        cwd: folder,
        env: process.env,
      });
      const result = { name: check.name, passed: code === 0, log };
      results.push(result);
      onResult(result);
    }
  };
  await Promise.all(Array.from({ length: PARALLEL_CHECKS }, lane));
  return results;
};
