import { backupDrill, clockJumps, diskRefuses, faultsInTransactions, killsInARow, killsInMemory } from './in-memory-suites.ts';
import { overflow, soak } from './load-suites.ts';
import { killMatrix, randomKills } from './process-suites.ts';
import type { Suite } from './suite.ts';

/** Every suite that runs by itself, in the order of its number. */
export const suites: readonly Suite[] = [
  killsInMemory,
  killMatrix,
  killsInARow,
  randomKills,
  diskRefuses,
  faultsInTransactions,
  clockJumps,
  backupDrill,
  overflow,
  soak,
];
