import { z } from 'zod';
import { noticeId } from '../domain/ids.ts';
import { noticesKept, noticeTestOutcomes, noticeView } from '../domain/notice.ts';
import { location } from './app.ts';
import { call, event } from './define.ts';
import { nextPage, pageErrors, pageRequest, revision } from './pagination.ts';

const unread = z.int().nonnegative();

export const noticeRoutes = {
  /** The notification centre, newest first. */
  'notices.list': call({
    input: z.strictObject(pageRequest),
    output: z.strictObject({ notices: z.array(noticeView), next: nextPage, unread, revision }),
    errors: pageErrors,
  }),
  /** These are read now, or all with null. Those that are not there are passed over. */
  'notices.read': call({
    input: z.strictObject({ ids: z.array(noticeId).max(noticesKept).nullable() }),
    output: z.strictObject({ unread }),
    errors: ['storage_full'],
  }),
  /** Sends one to see whether notifications come; replies with what the system says. A page in a browser shows its own. */
  'notices.test': call({ input: z.strictObject({}), output: z.strictObject({ outcome: z.enum(noticeTestOutcomes) }) }),
  /** For pages in a browser: what they are to show as a notification, all of them under the same id. */
  'notices.show': event(z.strictObject({ id: noticeId, title: z.string(), body: z.string(), location, silent: z.boolean(), revision })),
  /** Something was told, read or answered: whoever shows the list reads it again. */
  'notices.changed': event(z.strictObject({ unread, revision })),
} as const;
