import { createHmac, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** 256 bits, as long as the digest that is made with it. */
const secretBytes = 32;
/** 128 bits: two browsers never get the same cookie. */
const nonceBytes = 16;
const dayMs = 24 * 60 * 60_000;
/** A browser that was not here for a month is let in by a new link. */
export const cookieLifetimeMs = 30 * dayMs;
/** A cookie in daily use is replaced once a day, so it never runs out under somebody's hands. */
const renewAfterMs = dayMs;
/** New cookies are signed with a new secret from then on; the one before still vouches for those it signed. */
const rotateAfterMs = cookieLifetimeMs;
/** A clock that is set back by less than this signs nobody out. */
const clockSlackMs = 10 * 60_000;

const signingKey = z.strictObject({ secret: z.base64url().min(43).max(43), madeAtMs: z.int().nonnegative() });
export type SigningKey = z.output<typeof signingKey>;
const keyFile = z.strictObject({ version: z.literal(1), keys: z.array(signingKey).max(8) });

/** Where the signing secrets are kept between two runs. */
export interface KeyMemory {
  read(): readonly SigningKey[];
  write(keys: readonly SigningKey[]): void;
}

export interface BrowserCookies {
  /** A cookie's value that lets a browser in on this port, now and after restarts. */
  issue(port: number): string;
  /** Whether a value was issued for this port and has not run out; `ageing` asks for a new one. */
  check(value: string, port: number): 'good' | 'ageing' | null;
}

const fileName = 'browser-access.json';

/**
 * The file with the secrets behind the cookies of a data folder. Removing it while the program is not running signs every
 * browser out. What is not one of ours is replaced.
 */
export function createKeyFile(dataDir: string): KeyMemory {
  const target = join(dataDir, fileName);
  return {
    read() {
      try {
        return keyFile.parse(JSON.parse(readFileSync(target, 'utf8'))).keys;
      } catch {
        return [];
      }
    },
    // SECURITY: whoever reads a secret can let himself in, so the file is this person's alone from the moment it exists.
    write(keys) {
      const temporary = `${target}.${randomUUID()}`;
      try {
        writeFileSync(temporary, JSON.stringify({ version: 1, keys }), { mode: 0o600, flag: 'wx' });
        renameSync(temporary, target);
      } catch {
        // A full or read-only disk: browsers are let in for this run only.
        rmSync(temporary, { force: true });
      }
    },
  };
}

/** Secrets that end with the process. */
export function createKeyMemory(): KeyMemory {
  let kept: readonly SigningKey[] = [];
  return {
    read: () => kept,
    write(keys) {
      kept = keys;
    },
  };
}

/**
 * SECURITY: cookies that outlive a restart. A value carries its time of issue and a random part, signed (HMAC-SHA-256)
 * together with the port: what a program that took the port over collects there is worth nothing on another port. No
 * value is stored; secrets are replaced each month and forgotten when nothing they signed is valid any more.
 */
export function createBrowserCookies(memory: KeyMemory, now: () => number): BrowserCookies {
  let keys = memory.read().filter(key => key.madeAtMs > now() - rotateAfterMs - cookieLifetimeMs);

  function newestKey(): SigningKey {
    const [newest] = keys;
    if (newest !== undefined && newest.madeAtMs > now() - rotateAfterMs && newest.madeAtMs <= now() + clockSlackMs) return newest;
    const made: SigningKey = { secret: randomBytes(secretBytes).toString('base64url'), madeAtMs: now() };
    keys = [made, ...keys.filter(key => key.madeAtMs > now() - rotateAfterMs - cookieLifetimeMs)].slice(0, 4);
    memory.write(keys);
    return made;
  }

  return {
    issue(port) {
      const key = newestKey();
      const body = `${now().toString(36)}.${randomBytes(nonceBytes).toString('base64url')}`;
      return `${body}.${sign(key, body, port)}`;
    },
    check(value, port) {
      const [, body, issued, signature] = /^(([0-9a-z]{1,10})\.[\w-]{22})\.([\w-]{43})$/u.exec(value) ?? [];
      if (body === undefined || issued === undefined || signature === undefined) return null;
      if (!keys.some(key => isSame(sign(key, body, port), signature))) return null;
      const ageMs = now() - Number.parseInt(issued, 36);
      if (ageMs > cookieLifetimeMs || ageMs < -clockSlackMs) return null;
      return ageMs > renewAfterMs ? 'ageing' : 'good';
    },
  };
}

function sign({ secret }: SigningKey, body: string, port: number): string {
  return createHmac('sha256', Buffer.from(secret, 'base64url')).update(`konspekt-window ${port} ${body}`).digest('base64url');
}

function isSame(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}
