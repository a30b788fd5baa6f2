import { z } from 'zod';
import { menuCommands } from '../domain/command-keys.ts';
import { jobKind, workerName } from '../domain/job.ts';
import { documentId, epochMs, jobId, messageId, sessionId, sha256Hex, versionId } from '../domain/ids.ts';
import { filterShape } from '../domain/library.ts';
import { settings, settingsChange } from '../domain/settings.ts';
import { settingsPages } from '../domain/settings-page.ts';
import { sectionKind } from '../domain/synopsis.ts';
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
  /** Kinds of which as many run as may at the same time; what else of them is queued waits for one to end. */
  fullKinds: z.array(jobKind).optional(),
  workers: z.array(workerHealth),
  /** Set when the data folder cannot be written; the queue stands still until it can. */
  storage: z.enum(['ok', 'full', 'read_only']),
});
export type Status = z.output<typeof status>;

/** Characters of a search in the library, the same as of one that lists it. */
const searchCharLimit = 200;

/** A place in the window that a notification, the tray or a link points to; written out it is an address (`address.ts`). */
export const location = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('session'), sessionId }),
  z.strictObject({ kind: z.literal('message'), sessionId, messageId }),
  z.strictObject({ kind: z.literal('synopsis'), sessionId, versionId: versionId.nullable() }),
  z.strictObject({ kind: z.literal('section'), sessionId, versionId: versionId.nullable(), section: sectionKind }),
  z.strictObject({ kind: z.literal('document'), sessionId, documentId }),
  /** UTF-16 offsets in the snapshot's text, as a citation has them. */
  z.strictObject({
    kind: z.literal('passage'),
    sessionId,
    snapshotHash: sha256Hex,
    documentId: documentId.nullable(),
    start: z.int().nonnegative(),
    end: z.int().nonnegative(),
  }),
  z.strictObject({ kind: z.literal('job'), jobId }),
  z.strictObject({ kind: z.literal('notices') }),
  z.strictObject({ kind: z.literal('schedules') }),
  z.strictObject({ kind: z.literal('settings'), page: z.enum(settingsPages) }),
  z.strictObject({ kind: z.literal('library'), search: z.string().max(searchCharLimit), filter: filterShape }),
]);
export type Location = z.output<typeof location>;

/** Characters of what is no address that are told. */
export const nowhereCharLimit = 200;

/** Where a link leads that came from outside: a place, or what was written where no address is. */
export const destination = z.union([location, z.strictObject({ kind: z.literal('nowhere'), text: z.string().max(nowhereCharLimit) })]);
export type Destination = z.output<typeof destination>;

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
      /** Where the person was sent while there was no window; told once. */
      sentTo: destination.nullable(),
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
  /** Shows a place in the window; what is there stays as it is. */
  'app.goTo': call({ input: z.strictObject({ location }), output: z.strictObject({}) }),
  'settings.set': call({ input: settingsChange, output: settings, errors: ['storage_full'] }),
  'settings.changed': event(z.strictObject({ revision, settings })),
  'status.changed': event(z.strictObject({ revision, status })),
  /** Chosen in the menu of the system, which belongs to the program and not to its window. */
  'command.run': event(z.strictObject({ revision, command: z.enum(menuCommands) })),
  /** Where the person was sent from outside the window; carries the place, the window decides how to show it. */
  'location.changed': event(z.strictObject({ revision, location: destination })),
} as const;
