import { randomUUID } from 'node:crypto';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** How the command line finds the program that has the data folder open. */
export const controlRecord = z.strictObject({
  pid: z.int().positive(),
  port: z.int().min(1).max(65_535),
  token: z.string().min(1).max(200),
  /** How long it stays: `command` leaves when its own work is done, `background` when the queue is empty. */
  host: z.enum(['desktop', 'headless', 'background', 'command']),
  version: z.string().max(64),
});
export type ControlRecord = z.output<typeof controlRecord>;

const fileName = 'control.json';

/** SECURITY: holds the control token, so the file is this person's alone from the moment it exists. */
export function writeControlFile(dataDir: string, record: ControlRecord): void {
  const target = join(dataDir, fileName);
  const temporary = `${target}.${randomUUID()}`;
  writeFileSync(temporary, JSON.stringify(record), { mode: 0o600, flag: 'wx' });
  renameSync(temporary, target);
}

/** Null when there is none or it is not one of ours; whether its program still lives is for the caller to try. */
export function readControlFile(dataDir: string): ControlRecord | null {
  try {
    const parsed = controlRecord.safeParse(JSON.parse(readFileSync(join(dataDir, fileName), 'utf8')));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

export function removeControlFile(dataDir: string): void {
  rmSync(join(dataDir, fileName), { force: true });
}
