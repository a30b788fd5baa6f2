import { format } from 'node:util';

/** An error with its stack, as the log keeps it. SECURITY: it may name files; it never reaches the person or the job's row. */
export function describeError(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : format(error);
}
