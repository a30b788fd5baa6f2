import { randomBytes, randomUUID } from 'node:crypto';
import { readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** 256 bits, as the other secrets of the loopback door have. */
const tokenBytes = 32;
const tokenPattern = /^[\w-]{43}$/u;
/** Rights of anybody but the owner. */
const othersRights = 0o077;

/** A scraper's configuration can name it (`credentials_file`). */
export function metricsTokenFile(dataDir: string): string {
  return join(dataDir, 'metrics-token');
}

/**
 * SECURITY: the token for scrapers, kept over restarts so that their configuration stays good. It opens the figures alone
 * and nothing that the control token opens. The file is this person's alone from the moment it exists; one that others may
 * have read is replaced.
 */
export function metricsToken(dataDir: string): string {
  const file = metricsTokenFile(dataDir);
  const kept = readKept(file);
  if (kept !== null) return kept;
  const token = randomBytes(tokenBytes).toString('base64url');
  const temporary = `${file}.${randomUUID()}`;
  writeFileSync(temporary, token, { mode: 0o600, flag: 'wx' });
  renameSync(temporary, file);
  return token;
}

function readKept(file: string): string | null {
  try {
    if (process.platform !== 'win32' && (statSync(file).mode & othersRights) !== 0) return null;
    const text = readFileSync(file, 'utf8').trim();
    return tokenPattern.test(text) ? text : null;
  } catch {
    return null;
  }
}
