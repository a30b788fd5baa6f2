import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { cookieLifetimeMs, type BrowserCookies } from './browser-cookies.ts';

/** 256 bits: not to be guessed within the life of a process. */
const secretBytes = 32;
/** A printed link is followed within minutes or asked for again. */
const linkLifetimeMs = 10 * 60_000;
/** Unused links kept; the oldest gives way. */
const linksKept = 20;

export interface LocalAccess {
  /** A token for one link; worth one exchange. */
  issueLinkToken(): string;
  /** The `Set-Cookie` header for a valid unused token, which is used up by it; null otherwise. */
  exchange(token: string): string | null;
  hasCookie(headers: IncomingHttpHeaders): boolean;
  /** The `Set-Cookie` header for a browser whose cookie is valid and getting old; null otherwise. */
  renew(headers: IncomingHttpHeaders): string | null;
  readonly cookieName: string;
  readonly controlToken: string;
  isControl(headers: IncomingHttpHeaders): boolean;
}

/**
 * SECURITY: who may talk to a host over loopback. A browser proves itself by a cookie it got for a one-time link; the
 * command line by a token from a file that only this person can read.
 */
export function createLocalAccess(port: () => number, now: () => number, cookies: BrowserCookies): LocalAccess {
  const links = new Map<string, number>();
  const controlToken = newSecret();
  // Cookies are shared by all ports of a host name, so the port is part of the name.
  const cookieName = () => `konspekt_${port()}`;
  // SECURITY: HttpOnly keeps it from scripts, Strict from every request that another site starts.
  const setCookie = () =>
    `${cookieName()}=${cookies.issue(port())}; Path=/; Max-Age=${cookieLifetimeMs / 1_000}; HttpOnly; SameSite=Strict`;
  const cookieState = (headers: IncomingHttpHeaders) => {
    const value = cookieValue(headers.cookie, cookieName());
    return value === null ? null : cookies.check(value, port());
  };
  return {
    issueLinkToken() {
      const token = newSecret();
      links.set(token, now() + linkLifetimeMs);
      forgetOldest(links, linksKept);
      return token;
    },
    exchange(token) {
      const expiresAtMs = links.get(token);
      links.delete(token);
      if (expiresAtMs === undefined || expiresAtMs < now()) return null;
      return setCookie();
    },
    hasCookie: headers => cookieState(headers) !== null,
    renew: headers => (cookieState(headers) === 'ageing' ? setCookie() : null),
    get cookieName() {
      return cookieName();
    },
    controlToken,
    isControl(headers) {
      // A page cannot set this header on a WebSocket, and a browser never leaves out Origin.
      return hasBearer(headers, controlToken);
    },
  };
}

/**
 * SECURITY: a program that was given the token, and no page: one elsewhere has to ask with OPTIONS before it may send the
 * header, which is refused, and its request names its origin.
 */
export function hasBearer(headers: IncomingHttpHeaders, token: string): boolean {
  return headers.origin === undefined && sameSecret(headers.authorization ?? '', `Bearer ${token}`);
}

/** SECURITY: a name that is not ours means a page elsewhere rebound its DNS name to this address. */
export function isOwnHost(hostHeader: string | undefined, port: number): boolean {
  return hostHeader !== undefined && [`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`].includes(hostHeader);
}

/** SECURITY: only a page that this very host served may open a socket. */
export function isOwnOrigin(headers: IncomingHttpHeaders): boolean {
  return headers.host !== undefined && headers.origin === `http://${headers.host}`;
}

function newSecret(): string {
  return randomBytes(secretBytes).toString('base64url');
}

function sameSecret(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}

function cookieValue(header: string | undefined, name: string): string | null {
  for (const part of (header ?? '').split(';')) {
    const [key, value] = part.trim().split('=', 2);
    if (key === name && value !== undefined) return value;
  }
  return null;
}

function forgetOldest(secrets: Map<string, unknown>, kept: number): void {
  for (const oldest of secrets.keys()) {
    if (secrets.size <= kept) return;
    secrets.delete(oldest);
  }
}
