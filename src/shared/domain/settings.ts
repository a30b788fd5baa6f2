import { z } from 'zod';
import { detailLevel } from './synopsis.ts';

/** What the person chose. One schema for both hosts; an unreadable value falls back to its default alone. */
export const settings = z.strictObject({
  /** `system` follows the operating system's language, Russian or else English. */
  language: z.enum(['system', 'ru', 'en']).default('system'),
  theme: z.enum(['system', 'light', 'dark']).default('system'),
  synopsisDetail: detailLevel.default('standard'),
  notifyDone: z.boolean().default(true),
  notifyFailed: z.boolean().default(true),
  /** Asked once, at the first close with live jobs. */
  onCloseWithJobs: z.enum(['ask', 'keep', 'quit']).default('ask'),
  /** Hosts (`name` or `name:port`) in private networks that the person allows pages to be fetched from. */
  allowedHosts: z.array(z.string().min(1).max(255)).max(100).default([]),
  /** Days finished jobs are kept; synopses and chats are never cleaned. */
  jobHistoryDays: z.int().min(1).max(3_650).default(30),
  /** Finished jobs kept at most; beyond it the oldest go before their days are over. */
  jobHistoryCount: z.int().min(100).max(1_000_000).default(50_000),
});
export type Settings = z.output<typeof settings>;

/**
 * A change of some settings. Made of the fields without their defaults: `settings.partial()` would fill absent fields in,
 * and changing one setting would put all others back.
 */
const { shape } = settings;
export const settingsChange = z
  .strictObject({
    language: shape.language.unwrap(),
    theme: shape.theme.unwrap(),
    synopsisDetail: shape.synopsisDetail.unwrap(),
    notifyDone: shape.notifyDone.unwrap(),
    notifyFailed: shape.notifyFailed.unwrap(),
    onCloseWithJobs: shape.onCloseWithJobs.unwrap(),
    allowedHosts: shape.allowedHosts.unwrap(),
    jobHistoryDays: shape.jobHistoryDays.unwrap(),
    jobHistoryCount: shape.jobHistoryCount.unwrap(),
  } satisfies Record<keyof typeof shape, z.ZodType>)
  .partial();
