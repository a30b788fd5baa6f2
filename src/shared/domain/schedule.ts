import { z } from 'zod';
import { agentName, agentTask } from './agent.ts';
import { paramValues, recipeId } from './browser.ts';
import { epochMs, jobId, loginId, scheduleId, sessionId } from './ids.ts';
import { jobError } from './job.ts';
import { language } from './language.ts';
import { detailLevel, template } from './synopsis.ts';

/** What becomes of a planned time at which the program did not run: nothing, or one run for all that were missed. */
export const missedPolicies = ['skip', 'run_once'] as const;
export type MissedPolicy = (typeof missedPolicies)[number];

/** What became of a planned time. */
export const scheduleOutcomes = ['started', 'missed', 'overlapped', 'refused'] as const;
export type ScheduleOutcome = (typeof scheduleOutcomes)[number];

/** Characters of a cron expression: five fields with long lists fit. */
export const cronLimit = 200;
/** Characters of a time zone's name; the longest of the IANA database has 32. */
export const timeZoneLimit = 64;
/** Schedules one person keeps; more are a program gone wrong. */
export const scheduleCountLimit = 200;
/** Coming times that are told at once: more than anyone reads. */
export const previewLimit = 100;
/** Runs remembered of each: more than a day of minutes, so far back a clock can be set without a planned time being run twice. */
export const scheduleRunsKept = 1_500;

/** What a person can have done at times. */
export const scheduledWork = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('synopsis.make'),
    sessionId,
    detail: detailLevel.default('standard'),
    template: template.default('article'),
    /** Null takes the language most of the material is in. */
    language: language.nullable().default(null),
  }),
  /** A task for an agent in the background. */
  z.strictObject({ kind: z.literal('agent.run'), sessionId, agent: agentName.default('assistant'), task: agentTask }),
  /** A saved recipe, as it is at the time, with these values for its parameters. */
  z.strictObject({
    kind: z.literal('browser.run'),
    sessionId,
    recipeId,
    params: paramValues.default({}),
    /** It is signed in to, each time. */
    login: loginId.nullable().default(null),
  }),
]);
export type ScheduledWork = z.output<typeof scheduledWork>;

export const scheduleView = z.strictObject({
  id: scheduleId,
  work: scheduledWork,
  /** Empty when the chat had no name to take. */
  title: z.string().max(500),
  /** Five fields: minute, hour, day of month, month, day of week. */
  cron: z.string().max(cronLimit),
  timeZone: z.string().max(timeZoneLimit),
  missed: z.enum(missedPolicies),
  enabled: z.boolean(),
  /** Null while it is switched off. */
  nextAtMs: epochMs.nullable(),
  lastRun: z
    .strictObject({
      plannedAtMs: epochMs,
      atMs: epochMs,
      outcome: z.enum(scheduleOutcomes),
      jobId: jobId.nullable(),
      /** Why it was refused. */
      error: jobError.nullable(),
    })
    .nullable(),
  createdAtMs: epochMs,
});
export type ScheduleView = z.output<typeof scheduleView>;
