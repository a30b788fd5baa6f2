import { existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pino, type Logger } from 'pino';

/** A day of hard work writes well under this; with the file before it, support sees the last days. */
const rotateAtBytes = 5 * 1024 * 1024;

export type Log = Logger;

/**
 * JSON lines in `<data>/logs`, this person's alone. Lines carry ids, codes and durations; never a document's or a
 * message's text.
 */
export function openLog(dataDir: string): Log {
  const folder = join(dataDir, 'logs');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, 'konspekt.log');
  if (existsSync(file) && statSync(file).size > rotateAtBytes) renameSync(file, join(folder, 'konspekt.1.log'));
  return pino({ level: process.env['KONSPEKT_LOG_LEVEL'] ?? 'info', base: { pid: process.pid } }, pino.destination({ dest: file, sync: true, mode: 0o600 }));
}
