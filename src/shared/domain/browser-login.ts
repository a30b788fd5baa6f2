import { z } from 'zod';
import { epochMs, loginId } from './ids.ts';
import { secretState } from './provider.ts';

/** Logins that are kept: more than a person keeps an eye on. */
export const loginLimit = 100;
/** Sites of one login: a service with its pages for signing in. */
export const loginHostLimit = 20;

export const loginName = z.string().trim().min(1).max(100);
/**
 * A host as it stands in an address: `name`, or `name:port` for an unusual port. SECURITY: exactly this one; a login holds for no host
 * below it, so there is no `*` here.
 */
export const loginHost = z
  .string()
  .min(1)
  .max(260)
  .regex(/^[a-z0-9_-]+(?:\.[a-z0-9_-]+)*(?::\d{1,5})?$|^\[[0-9a-f:.]+\](?::\d{1,5})?$/u);

/** What of a login is typed into a page, by the name that a step says instead of its words. */
export const loginSecretNames = ['user', 'password'] as const;
export type LoginSecretName = (typeof loginSecretNames)[number];

/** As a form of a site takes them. */
export const loginSecret = z.string().min(1).max(1_000);

/** SECURITY: a login as it is shown, without a word of what it keeps. */
export const loginView = z.strictObject({
  id: loginId,
  name: loginName,
  hosts: z.array(loginHost).min(1).max(loginHostLimit),
  hasUser: z.boolean(),
  hasPassword: z.boolean(),
  /** What it keeps was sealed by another host of the program and cannot be opened here. */
  isLocked: z.boolean(),
  /** When the sites were last left signed in; null where nothing is kept of that. */
  sessionAtMs: epochMs.nullable(),
  /** A task uses it, or waits for it. */
  isInUse: z.boolean(),
});
export type LoginView = z.output<typeof loginView>;

export const loginsView = z.strictObject({ logins: z.array(loginView).max(loginLimit), secrets: secretState });
export type LoginsView = z.output<typeof loginsView>;

/** A cookie, as browsers keep it. */
const cookie = z.strictObject({
  name: z.string(),
  value: z.string(),
  domain: z.string(),
  path: z.string(),
  /** Seconds since 1970; -1 for one that goes with the browser. */
  expires: z.number(),
  httpOnly: z.boolean(),
  secure: z.boolean(),
  sameSite: z.enum(['Strict', 'Lax', 'None']),
});
/** What makes a browser signed in: cookies and what pages have stored, of the login's own hosts. SECURITY: as good as a password. */
export const loginSession = z.strictObject({
  cookies: z.array(cookie).max(3_000),
  origins: z
    .array(z.strictObject({ origin: z.string(), localStorage: z.array(z.strictObject({ name: z.string(), value: z.string() })) }))
    .max(200),
});
/** Characters of a session as JSON, 2 MB: what sites store for themselves is a hundredth of it, and a frame takes it. */
export const loginSessionLimit = 2_000_000;
export type LoginSession = z.output<typeof loginSession>;

/** SECURITY: what a worker is given of a login, in its task's input and nowhere else. */
export const givenLogin = z.strictObject({
  hosts: loginView.shape.hosts,
  user: loginSecret.nullable(),
  password: loginSecret.nullable(),
  session: loginSession.nullable(),
});
export type GivenLogin = z.output<typeof givenLogin>;
