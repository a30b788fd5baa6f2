import { defineConfig } from 'vitest/config';

/** Tests of the command line: they start `konspekt` as a person does. */
const commandTests = 'test/process/cli*.test.ts';

/**
 * A test may start the program several times over, at half a second each. On a machine that others use as well that has been
 * fifty times as much, and a test that is only slow is no test that fails.
 */
const processTimeoutMs = 300_000;

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          environment: 'node',
          include: ['src/**/*.test.{ts,tsx}', 'tools/**/*.test.ts', 'test/support/**/*.test.ts', 'test/bench/**/*.test.ts'],
          exclude: ['**/fixtures/**', '**/node_modules/**'],
        },
      },
      {
        test: {
          name: 'integration',
          environment: 'node',
          include: ['test/contract/**/*.test.ts', 'test/integration/**/*.test.ts'],
          // The longest takes some three seconds on a machine of its own; nothing in them waits for a time to pass.
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'commands',
          environment: 'node',
          include: [commandTests],
          // A command waits more than it works (for workers that are to stop, for a program that leaves), and each has a data folder of its own.
          maxWorkers: 4,
          sequence: { groupOrder: 2 },
          testTimeout: processTimeoutMs,
          hookTimeout: processTimeoutMs,
        },
      },
      {
        test: {
          name: 'process',
          environment: 'node',
          include: ['test/process/**/*.test.ts', 'test/reliability/**/*.test.ts'],
          exclude: [commandTests],
          // These start and kill processes of their own; two files at once would measure each other.
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
          testTimeout: processTimeoutMs,
          hookTimeout: processTimeoutMs,
        },
      },
    ],
  },
});
