import { z } from 'zod';
import { epochMs, jobId, noticeId, sessionId } from './ids.ts';

/** What a person chooses a way of telling for. */
export const noticeKinds = ['finished', 'failed', 'question', 'budget', 'browser', 'schedule', 'proposal', 'update'] as const;
export type NoticeKind = (typeof noticeKinds)[number];

/** Everything that is told, and the kind it belongs to. */
export const kindOfEvent = {
  synopsis_ready: 'finished',
  synopsis_issues: 'finished',
  task_done: 'finished',
  task_issues: 'finished',
  failed: 'failed',
  approval: 'question',
  question: 'question',
  /** Nobody but the person can tell what became of a step. */
  unclear: 'question',
  budget: 'budget',
  browser_done: 'browser',
  scheduled_synopsis: 'schedule',
  scheduled_done: 'schedule',
  schedule_missed: 'schedule',
  schedule_refused: 'schedule',
  proposal: 'proposal',
  update_available: 'update',
  update_ready: 'update',
} as const satisfies Record<string, NoticeKind>;
export type NoticeEvent = keyof typeof kindOfEvent;
export const noticeEvents = Object.keys(kindOfEvent) as [NoticeEvent, ...NoticeEvent[]];

/** Where a kind is told: by the system and in the centre, in the centre alone, or nowhere. */
export const noticeWays = ['system', 'centre', 'nothing'] as const;
export type NoticeWay = (typeof noticeWays)[number];

/**
 * What became of a notification that was sent as a test. `failed`: the system refused it; `unanswered`: it took it and said
 * nothing; `denied` and `undecided`: the browser has not been allowed to show those of this page.
 */
export const noticeTestOutcomes = ['shown', 'failed', 'unanswered', 'unsupported', 'denied', 'undecided'] as const;
export type NoticeTestOutcome = (typeof noticeTestOutcomes)[number];

/** Rows that are kept at most: some weeks of a busy program, and a list that is read at once. */
export const noticesKept = 1_000;

/** One row of the notification centre. */
export const noticeView = z.strictObject({
  id: noticeId,
  event: z.enum(noticeEvents),
  atMs: epochMs,
  /** Of the task, the schedule; of an update its version. */
  title: z.string().max(500),
  /** What it leads to; of an update neither. */
  jobId: jobId.nullable(),
  sessionId: sessionId.nullable(),
  isRead: z.boolean(),
  /** It asks for nothing any more: answered, expired, raised or gone on without the person. */
  isOver: z.boolean(),
});
export type NoticeView = z.output<typeof noticeView>;
