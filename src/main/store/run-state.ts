import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { writeFileDurably } from './durable-file.ts';

/**
 * How far the last run came, kept beside the database because the database cannot say it of itself:
 * `opening`: the file may or may not have a write-ahead log · `open`: it has one, and its absence means that committed
 * changes are gone · `closing`: as `opening` · `closed`: everything is in the one file, which was left in order.
 * Any value says that a database was made, so a missing one is a loss and not a beginning.
 */
const runState = z.object({ phase: z.enum(['opening', 'open', 'closing', 'closed']) });
export type RunPhase = z.output<typeof runState>['phase'];

/** `none`: no database was ever made here. An unreadable file is an unclean exit. */
export function readRunPhase(file: string): RunPhase | 'none' {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return 'none';
    throw error;
  }
  try {
    return runState.parse(JSON.parse(text)).phase;
  } catch {
    return 'opening';
  }
}

export function writeRunPhase(file: string, phase: RunPhase): void {
  writeFileDurably(file, `${JSON.stringify({ phase })}\n`);
}
