import { defineConfig } from 'vitest/config';

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
          name: 'process',
          environment: 'node',
          include: ['test/process/**/*.test.ts', 'test/reliability/**/*.test.ts'],
          // These start and kill processes of their own; two files at once would measure each other.
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
          // A test here may start the program several times over, at half a second each. On a machine that others use as well
          // that has been fifty times as much, and a test that is only slow is no test that fails.
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
