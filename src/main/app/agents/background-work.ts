import type { AgentName } from '../../../shared/domain/agent.ts';
import { messageId, type JobId, type MessageId, type SessionId } from '../../../shared/domain/ids.ts';
import type { ModelRole } from '../../../shared/domain/provider.ts';
import type { MessageView } from '../../../shared/domain/session.ts';
import type { EnqueueRequest } from '../../engine/engine-api.ts';
import type { CallContext } from '../calls/call-context.ts';
import type { Models } from '../models/models.ts';
import { newId } from '../new-id.ts';

export interface BackgroundWork {
  readonly sessionId: SessionId;
  readonly agent: AgentName;
  readonly task: string;
  /** Of its job, and what the chat says has begun. */
  readonly title: string;
  /** The last message it knows; null for all that is shown when it begins. */
  readonly upTo: MessageId | null;
  readonly depth: number;
  /** The question that this answers at once; null where the program itself says that it has begun. */
  readonly replyTo?: MessageId | null;
  /** The same key again finds what was begun. */
  readonly requestKey: string;
  /** Work of the same name runs once at a time; the request key when absent. */
  readonly name?: string;
}

export interface BegunWork {
  readonly jobId: JobId;
  /** The chat's word that it has begun; null when the same work was under way already. */
  readonly message: MessageView | null;
}

type Context = Pick<CallContext, 'store' | 'engine' | 'now' | 'models'>;

/** The gate of the provider that a role's model is of: it asks to slow down for all its jobs. */
export function providerOf(models: Pick<Models, 'choiceFor'>, role: ModelRole = 'chat'): { readonly provider?: string } {
  const choice = models.choiceFor(role);
  return choice === null ? {} : { provider: choice.providerId };
}

export interface BackgroundJob extends Pick<BackgroundWork, 'sessionId' | 'title' | 'replyTo' | 'requestKey'> {
  /** The job, with the message that will say that it has begun. */
  readonly jobOf: (begun: MessageId) => Omit<EnqueueRequest, 'sessionId' | 'title'>;
}

/** In transaction: the job and the chat's word about it are there together. */
export function beginJobInTransaction(
  { store, engine, now }: Pick<Context, 'store' | 'engine' | 'now'>,
  { sessionId, title, replyTo = null, requestKey, jobOf }: BackgroundJob,
): BegunWork {
  const earlier = store.messages.findByRequestKey(sessionId, requestKey)?.message;
  if (earlier?.jobId != null) return { jobId: earlier.jobId, message: earlier };
  const id = newId(messageId);
  const { jobId, created } = engine.enqueueInTransaction({ ...jobOf(id), sessionId, title });
  if (!created) return { jobId, message: null };
  const atMs = now();
  const message = store.messages.insert({
    id,
    sessionId,
    role: 'assistant',
    state: 'completed',
    text: title,
    note: 'background_started',
    documentIds: [],
    replyTo,
    requestKey,
    jobId,
    atMs,
  });
  store.sessions.touch(sessionId, atMs);
  return { jobId, message };
}

/** In transaction: the same for an agent. */
export function beginInTransaction(context: Context, { agent, task, upTo, depth, name, ...work }: BackgroundWork): BegunWork {
  const { sessionId, requestKey } = work;
  return beginJobInTransaction(context, {
    ...work,
    jobOf: id => ({
      kind: 'agent.run',
      payload: { sessionId, agent, task, messageId: id, upTo, depth },
      idempotencyKey: `agent:${name ?? requestKey}`,
      ...providerOf(context.models),
    }),
  });
}

/** The same in a transaction of its own; the windows are told. */
export function beginBackgroundWork(context: Context & Pick<CallContext, 'changes'>, work: BackgroundWork): BegunWork {
  const begun = context.store.inTransaction(() => beginInTransaction(context, work));
  if (begun.message !== null) {
    context.changes.messages(work.sessionId, [begun.message.id]);
    context.changes.sessions([work.sessionId]);
  }
  return begun;
}
