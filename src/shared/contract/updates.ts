import { z } from 'zod';
import { epochMs } from '../domain/ids.ts';
import { call, event } from './define.ts';
import { revision } from './pagination.ts';

const version = z.string().min(1).max(64);

/** Why this program cannot be told of newer ones: a page in a browser, a program started from its sources, a package built without an address of updates. */
export const noUpdatesReasons = ['headless', 'not_installed', 'no_address'] as const;
export type NoUpdatesReason = (typeof noUpdatesReasons)[number];

/** What went wrong with an update. `unreachable`: its address did not answer as it should; `damaged`: what came is not what was announced. */
export const updateFaults = ['unreachable', 'damaged', 'other'] as const;
export type UpdateFault = (typeof updateFaults)[number];

export const updateState = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('none'), why: z.enum(noUpdatesReasons) }),
  /** `checkedAtMs` is when there was last an answer that nothing newer is there. */
  z.strictObject({ state: z.literal('current'), checkedAtMs: epochMs.nullable() }),
  z.strictObject({ state: z.literal('checking') }),
  z.strictObject({ state: z.literal('available'), version }),
  /** `part` of the download is here, 0 to 1. */
  z.strictObject({ state: z.literal('downloading'), version, part: z.number().min(0).max(1) }),
  /** It is put in place when the program is left, or by `updates.install`. */
  z.strictObject({ state: z.literal('ready'), version }),
  z.strictObject({ state: z.literal('failed'), why: z.enum(updateFaults), version: version.nullable() }),
]);
export type UpdateState = z.output<typeof updateState>;

const nothing = z.strictObject({});

export const updateRoutes = {
  'updates.read': call({ input: nothing, output: updateState }),
  /** Replies with what was found; while one is downloaded or ready it stays at that. */
  'updates.check': call({ input: nothing, output: updateState }),
  /** Replies when the download has begun. */
  'updates.download': call({ input: nothing, output: updateState, errors: ['no_update'] }),
  /** Leaves the program, puts the new one in its place and starts it. Never under running tasks: `tasks_running`. */
  'updates.install': call({ input: nothing, output: nothing, errors: ['no_update', 'tasks_running'] }),
  'updates.changed': event(z.strictObject({ update: updateState, revision })),
} as const;
