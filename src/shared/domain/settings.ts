import { z } from 'zod';
import { noticeWays, type NoticeKind } from './notice.ts';
import { timeOfDay, weekdays } from './quiet-hours.ts';
import { detailLevel } from './synopsis.ts';

export const languageChoices = ['system', 'ru', 'en'] as const;
export const themeChoices = ['system', 'light', 'dark'] as const;
export const closeChoices = ['ask', 'keep', 'quit'] as const;
/** Ten years: longer is for ever, and one day at least, so that what has just ended can be looked at. */
export const historyDays = { min: 1, max: 3_650 } as const;
/** Fewer would push out what has just ended; more would make the list of tasks slow to search. */
export const historyCount = { min: 100, max: 1_000_000 } as const;

/** Each takes half a gigabyte or more; more than four would slow down what the person does meanwhile. */
export const browserCounts = { min: 1, max: 4 } as const;

/** Of wishes to all answers: half a page. They go with every question, and a small context has room for little else. */
export const wishesCharLimit = 2_000;

/** What the person chose. One schema for both hosts; an unreadable value falls back to its default alone. */
export const settings = z.strictObject({
  /** `system` follows the operating system's language, Russian or else English. */
  language: z.enum(languageChoices).default('system'),
  theme: z.enum(themeChoices).default('system'),
  synopsisDetail: detailLevel.default('standard'),
  /** What every answer of a model should keep to, in the person's own words. */
  wishes: z.string().max(wishesCharLimit).default(''),
  notifyFinished: z.enum(noticeWays).default('system'),
  notifyFailed: z.enum(noticeWays).default('system'),
  notifyQuestion: z.enum(noticeWays).default('system'),
  notifyBudget: z.enum(noticeWays).default('system'),
  notifyBrowser: z.enum(noticeWays).default('system'),
  notifySchedule: z.enum(noticeWays).default('system'),
  notifyProposal: z.enum(noticeWays).default('system'),
  /** The window shows a new version by itself, and nobody is waiting for one. */
  notifyUpdate: z.enum(noticeWays).default('centre'),
  /** Whether the system's notifications sound. */
  notifySound: z.boolean().default(true),
  /** Whether they are shown while the window is looked at, about other places. */
  notifyFocused: z.boolean().default(false),
  quietHours: z.boolean().default(false),
  /** `22:00`, in local time; they end on the next day when they end at or before it. */
  quietFrom: z.string().regex(timeOfDay).default('22:00'),
  quietTo: z.string().regex(timeOfDay).default('08:00'),
  /** The days on which they begin. */
  quietDays: z
    .array(z.enum(weekdays))
    .max(weekdays.length)
    .default([...weekdays]),
  /** Whether a question that would expire in them is shown all the same. */
  quietLetsExpiring: z.boolean().default(false),
  /** Whether an installed program looks for a newer one by itself, once a day. */
  lookForUpdates: z.boolean().default(true),
  /** Whether the desktop program starts when the person logs in to the system. */
  openAtLogin: z.boolean().default(false),
  /** Asked once, at the first close with live jobs. */
  onCloseWithJobs: z.enum(closeChoices).default('ask'),
  /** Hosts (`name` or `name:port`) in private networks that the person allows pages to be fetched from. */
  allowedHosts: z.array(z.string().min(1).max(255)).max(100).default([]),
  /** Days finished jobs are kept; synopses and chats are never cleaned. */
  jobHistoryDays: z.int().min(historyDays.min).max(historyDays.max).default(30),
  /** Finished jobs kept at most; beyond it the oldest go before their days are over. */
  jobHistoryCount: z.int().min(historyCount.min).max(historyCount.max).default(50_000),
  /** The browser that browser tasks use; null for the first that is found. */
  browserPath: z.string().min(1).max(4_096).nullable().default(null),
  /** Browsers that work at the same time. */
  browserCount: z.int().min(browserCounts.min).max(browserCounts.max).default(2),
});
export type Settings = z.output<typeof settings>;

/** The setting that says how each kind is told. */
export const settingOfNotice = {
  finished: 'notifyFinished',
  failed: 'notifyFailed',
  question: 'notifyQuestion',
  budget: 'notifyBudget',
  browser: 'notifyBrowser',
  schedule: 'notifySchedule',
  proposal: 'notifyProposal',
  update: 'notifyUpdate',
} as const satisfies Record<NoticeKind, keyof Settings>;

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
    wishes: shape.wishes.unwrap(),
    notifyFinished: shape.notifyFinished.unwrap(),
    notifyFailed: shape.notifyFailed.unwrap(),
    notifyQuestion: shape.notifyQuestion.unwrap(),
    notifyBudget: shape.notifyBudget.unwrap(),
    notifyBrowser: shape.notifyBrowser.unwrap(),
    notifySchedule: shape.notifySchedule.unwrap(),
    notifyProposal: shape.notifyProposal.unwrap(),
    notifyUpdate: shape.notifyUpdate.unwrap(),
    notifySound: shape.notifySound.unwrap(),
    notifyFocused: shape.notifyFocused.unwrap(),
    quietHours: shape.quietHours.unwrap(),
    quietFrom: shape.quietFrom.unwrap(),
    quietTo: shape.quietTo.unwrap(),
    quietDays: shape.quietDays.unwrap(),
    quietLetsExpiring: shape.quietLetsExpiring.unwrap(),
    lookForUpdates: shape.lookForUpdates.unwrap(),
    openAtLogin: shape.openAtLogin.unwrap(),
    onCloseWithJobs: shape.onCloseWithJobs.unwrap(),
    allowedHosts: shape.allowedHosts.unwrap(),
    jobHistoryDays: shape.jobHistoryDays.unwrap(),
    jobHistoryCount: shape.jobHistoryCount.unwrap(),
    browserPath: shape.browserPath.unwrap(),
    browserCount: shape.browserCount.unwrap(),
  } satisfies Record<keyof typeof shape, z.ZodType>)
  .partial();
