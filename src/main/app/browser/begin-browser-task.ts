import type { JobId, LoginId, MessageId, SessionId } from '../../../shared/domain/ids.ts';
import { ExpectedError } from '../../ipc/expected-error.ts';
import { beginJobInTransaction, providerOf, type BegunWork } from '../agents/background-work.ts';
import type { CallContext } from '../calls/call-context.ts';
import type { browserRunPayload } from '../kinds/browser-run.ts';
import type { z } from 'zod';
import type { InstalledBrowser } from './find-browsers.ts';

export interface BrowserTask {
  readonly sessionId: SessionId;
  readonly title: string;
  readonly what: z.output<typeof browserRunPayload>['what'];
  readonly login: LoginId | null;
  /** The same key again finds what was begun. */
  readonly requestKey: string;
}

type Context = Pick<CallContext, 'store' | 'engine' | 'now' | 'models' | 'changes'>;

/** Begins a task in a browser of its own, with the chat's word about it. Throws an `ExpectedError` where it could not work. */
export async function beginBrowserTask(
  context: Context,
  findBrowsers: () => Promise<readonly InstalledBrowser[]>,
  { sessionId, title, what, login, requestKey }: BrowserTask,
): Promise<JobId> {
  const { store, models, changes } = context;
  if ((await findBrowsers()).length === 0)
    throw new ExpectedError('browser_missing', 'No Chrome, Edge or Chromium is installed here. Install one of them.');
  if (what.kind === 'task' && models.connectionFor('chat') === null)
    throw new ExpectedError('no_model', 'No model is connected that could do this task. Connect one, or run a recipe.');
  const { jobId, message }: BegunWork = store.inTransaction(() =>
    beginJobInTransaction(context, {
      sessionId,
      title,
      requestKey,
      jobOf: (messageId: MessageId) => ({
        kind: 'browser.run',
        payload: { sessionId, what, login, messageId },
        idempotencyKey: `browser:${requestKey}`,
        ...(what.kind === 'task' ? providerOf(models) : {}),
      }),
    }),
  );
  if (message !== null) {
    changes.messages(sessionId, [message.id]);
    changes.sessions([sessionId]);
  }
  return jobId;
}
