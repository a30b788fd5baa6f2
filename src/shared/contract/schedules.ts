import { z } from 'zod';
import { epochMs, requestKey, scheduleId } from '../domain/ids.ts';
import { missedPolicies, previewLimit, scheduleCountLimit, scheduledWork, scheduleView } from '../domain/schedule.ts';
import { call, event } from './define.ts';
import { revision } from './pagination.ts';

/** Longer than the domain's bounds, so that what is too long is refused with its own sentence. */
const expression = { cron: z.string().max(2_000), timeZone: z.string().max(2_000) };
const cronErrors = ['bad_cron', 'bad_time_zone', 'never_comes'] as const;

export const scheduleRoutes = {
  'schedules.list': call({
    input: z.strictObject({}),
    output: z.strictObject({ schedules: z.array(scheduleView).max(scheduleCountLimit), revision }),
  }),
  /** A new one, or another way for one that is there. The same key again makes no second one: with other values, the first is changed to them. */
  'schedules.save': call({
    input: z.strictObject({
      requestKey,
      scheduleId: scheduleId.nullable().default(null),
      work: scheduledWork,
      /** Null takes the name of the chat. */
      title: z.string().min(1).max(200).nullable().default(null),
      ...expression,
      missed: z.enum(missedPolicies).default('run_once'),
      enabled: z.boolean().default(true),
    }),
    output: scheduleView,
    errors: ['not_found', ...cronErrors, 'too_many_schedules', 'unfit_recipe', 'recipe_asks_secret', 'storage_full'],
  }),
  'schedules.remove': call({ input: z.strictObject({ scheduleId }), output: z.strictObject({}), errors: ['not_found', 'storage_full'] }),
  'schedules.setEnabled': call({
    input: z.strictObject({ scheduleId, enabled: z.boolean() }),
    output: scheduleView,
    errors: ['not_found', ...cronErrors, 'storage_full'],
  }),
  /** When it would come, saved or not. */
  'schedules.preview': call({
    input: z.strictObject({ ...expression, count: z.int().min(1).max(previewLimit).default(5) }),
    output: z.strictObject({ atMs: z.array(epochMs) }),
    errors: cronErrors,
  }),
  'schedules.changed': event(z.strictObject({ revision, schedules: z.array(scheduleView).max(scheduleCountLimit) })),
} as const;
