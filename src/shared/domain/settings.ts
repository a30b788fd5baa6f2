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
});
export type Settings = z.output<typeof settings>;
