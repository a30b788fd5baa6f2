import { z } from 'zod';
import { jobKind, workerName } from '../domain/job.ts';
import { documentId, epochMs, jobId, sessionId, versionId } from '../domain/ids.ts';
import { settings, settingsChange } from '../domain/settings.ts';
import { call, event } from './define.ts';
import { revision } from './pagination.ts';

/** `broken`: it died too often and is left alone until `retryAtMs`; its jobs wait unharmed. */
export const workerHealth = z.strictObject({
  name: workerName,
  state: z.enum(['stopped', 'idle', 'working', 'restarting', 'broken']),
  running: z.int().nonnegative(),
  restarts: z.int().nonnegative(),
  retryAtMs: epochMs.nullable(),
});

export const status = z.strictObject({
  running: z.int().nonnegative(),
  queued: z.int().nonnegative(),
  waiting: z.int().nonnegative(),
  paused: z.boolean(),
  /** Kinds that are paused on their own. */
  pausedKinds: z.array(jobKind).optional(),
  workers: z.array(workerHealth),
  /** Set when the data folder cannot be written; the queue stands still until it can. */
  storage: z.enum(['ok', 'full', 'read_only']),
});
export type Status = z.output<typeof status>;

/** A place in the window that a notification, the tray or a link points to. */
export const location = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('session'), sessionId }),
  z.strictObject({ kind: z.literal('synopsis'), sessionId, versionId: versionId.nullable() }),
  z.strictObject({ kind: z.literal('document'), sessionId, documentId }),
  z.strictObject({ kind: z.literal('job'), jobId }),
  z.strictObject({ kind: z.literal('notices') }),
  z.strictObject({ kind: z.literal('schedules') }),
  z.strictObject({ kind: z.literal('updates') }),
]);
export type Location = z.output<typeof location>;

/** Something that ended while no window was there to see it. */
const away = z.strictObject({ finished: z.int().nonnegative(), failed: z.int().nonnegative(), needsYou: z.int().nonnegative() });

export const appRoutes = {
  'app.open': call({
    /** `locale` is the browser's language tag, which a program without a window of its own takes for the system's. */
    input: z.strictObject({ locale: z.string().max(35).optional() }),
    output: z.strictObject({
      version: z.string(),
      host: z.enum(['desktop', 'headless']),
      /** The operating system's language tag, for `language: system`. */
      systemLocale: z.string().max(35),
      platform: z.string().max(32),
      settings,
      status,
      away,
      /** What happened at opening that the person must know, by code: a restored backup, an unclean exit. */
      notices: z.array(
        z.strictObject({
          code: z.enum([
            'restored_backup',
            'restored_as_wanted',
            'wanted_not_restored',
            'recent_changes_lost',
            'indexes_rebuilt',
            'resumed_jobs',
          ]),
          count: z.int().nonnegative(),
        }),
      ),
      revision,
    }),
  }),
  /** How it stands now, for whoever has no window: unlike `app.open` it tells nothing only once. */
  'app.status': call({ input: z.strictObject({}), output: status }),
  'app.setPaused': call({ input: z.strictObject({ paused: z.boolean() }), output: status, errors: ['storage_full'] }),
  /** Tells main what is on the screen, so that nothing is announced that the person already sees. */
  'app.report': call({
    /** `notifies`: it may show notifications of its own, as a page in a browser that was allowed to. */
    input: z.strictObject({
      visible: z.boolean(),
      focused: z.boolean(),
      location: location.nullable(),
      notifies: z.boolean().default(false),
    }),
    output: z.strictObject({}),
  }),
  'app.openLink': call({ input: z.strictObject({ url: z.string().max(4_096) }), output: z.strictObject({}), errors: ['forbidden_link'] }),
  'settings.set': call({ input: settingsChange, output: settings, errors: ['storage_full'] }),
  'settings.changed': event(z.strictObject({ revision, settings })),
  'status.changed': event(z.strictObject({ revision, status })),
  /** Where the person was sent from outside the window; carries the place, the window decides how to show it. */
  'location.changed': event(z.strictObject({ revision, location })),
} as const;
