import { appendFileSync, closeSync, existsSync, mkdirSync, openSync, renameSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { pino, type DestinationStream, type Logger } from 'pino';

/** A day of hard work writes well under this; with the file before it, support sees the last days. */
const rotateAtBytes = 5 * 1024 * 1024;

export type Log = Logger;

export interface OpenedLog {
  readonly log: Log;
  /** Gives the file back. A line that comes later still, from a host that is leaving, opens the file for itself. Idempotent. */
  close(): void;
}

/**
 * JSON lines in `<data>/logs`, this person's alone. Lines carry ids, codes and durations; never a document's or a
 * message's text.
 */
export function openLog(dataDir: string): OpenedLog {
  const folder = join(dataDir, 'logs');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, 'konspekt.log');
  if (existsSync(file) && statSync(file).size > rotateAtBytes) renameSync(file, join(folder, 'konspekt.1.log'));
  const { destination, close } = appendingTo(file);
  return { log: pino({ level: process.env['KONSPEKT_LOG_LEVEL'] ?? 'info', base: { pid: process.pid } }, destination), close };
}

/**
 * Each line is written at once, so a crash loses none. One that the disk refuses is dropped: pino's own destination throws
 * into whoever logs, and the first to log on a full disk is the engine saying so.
 */
function appendingTo(file: string): { readonly destination: DestinationStream; close(): void } {
  let handle: number | null = openSync(file, 'a', 0o600);
  return {
    destination: {
      write(line) {
        try {
          if (handle === null) appendFileSync(file, line, { mode: 0o600 });
          else writeSync(handle, line);
        } catch {
          // Said nowhere: this is where it would be said.
        }
      },
    },
    close() {
      if (handle !== null) closeSync(handle);
      handle = null;
    },
  };
}
