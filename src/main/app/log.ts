import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { pino, type Logger } from 'pino';
import { openLogFile } from './log-file.ts';
import { redactFields, redactSentence } from './log-redaction.ts';

export type Log = Logger;

export interface OpenedLog {
  readonly log: Log;
  /** Gives the file back. A line that comes later still, from a host that is leaving, opens it for itself. Idempotent. */
  close(): void;
}

/**
 * JSON lines in `<data>/logs`, this person's alone: ids, kinds, codes and durations, whatever is handed in. Never throws,
 * neither here nor at a line.
 */
export function openLog(dataDir: string): OpenedLog {
  const folder = join(dataDir, 'logs');
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch {
    // Without a folder the lines are dropped; the program works without them.
  }
  const file = openLogFile(folder, 'konspekt');
  const log = pino(
    {
      level: process.env['KONSPEKT_LOG_LEVEL'] ?? 'info',
      base: { pid: process.pid },
      // Errors are told by redaction; pino's own serialiser would write their messages.
      serializers: { err: (error: unknown) => error },
      hooks: {
        logMethod(args: Parameters<Log['info']>, write) {
          const [first, ...rest] = args as unknown[];
          const fields = typeof first === 'object' && first !== null ? redactFields(first) : {};
          const message = typeof first === 'string' ? first : rest[0];
          write.call(this, fields, typeof message === 'string' ? redactSentence(message) : '');
        },
      },
    },
    file,
  );
  return { log, close: file.close };
}
